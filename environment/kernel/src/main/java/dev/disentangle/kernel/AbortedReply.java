package dev.disentangle.kernel;

import org.dflib.jjava.jupyter.messages.ContentType;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.ReplyType;
import org.dflib.jjava.jupyter.messages.reply.ExecuteReply;
import org.dflib.jjava.jupyter.messages.request.ExecuteRequest;

/** The answer to a cell that does not run because one before it failed. */
final class AbortedReply implements ContentType<AbortedReply>, ReplyType<ExecuteRequest> {

  private final String status = "aborted";

  String status() {
    return status;
  }

  /** The type that the base library ties to its own class, which cannot say "aborted". */
  @Override
  @SuppressWarnings("unchecked")
  public MessageType<AbortedReply> getType() {
    return (MessageType<AbortedReply>) (MessageType<?>) ExecuteReply.MESSAGE_TYPE;
  }

  @Override
  public MessageType<ExecuteRequest> getRequestType() {
    return ExecuteReply.REQUEST_MESSAGE_TYPE;
  }
}
