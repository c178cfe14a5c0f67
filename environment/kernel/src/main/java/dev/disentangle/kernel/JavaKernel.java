package dev.disentangle.kernel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.publish.PublishError;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteInput;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteResult;
import org.dflib.jjava.jupyter.messages.reply.ErrorReply;
import org.dflib.jjava.jupyter.messages.reply.ExecuteReply;
import org.dflib.jjava.jupyter.messages.reply.HistoryReply;
import org.dflib.jjava.jupyter.messages.request.ExecuteRequest;
import org.dflib.jjava.jupyter.messages.request.HistoryRequest;

/** Answers Jupyter's messages with an {@link Evaluator}. */
final class JavaKernel extends BaseKernel {

  private final Evaluator evaluator;
  private final CellIo cellIo;
  private final CodeAssistant assistant;
  private final AbortWindow abortWindow = new AbortWindow();

  JavaKernel(Evaluator evaluator) {
    this(evaluator, new CellIo());
  }

  private JavaKernel(Evaluator evaluator, CellIo cellIo) {
    super(
        "disentangle-java",
        Optional.ofNullable(JavaKernel.class.getPackage().getImplementationVersion()).orElse("0"),
        language(),
        List.of(),
        null,
        cellIo,
        new CommManager(),
        new Renderer(),
        null,
        null,
        false,
        new StringStyler.Builder().build());
    this.evaluator = evaluator;
    this.cellIo = cellIo;
    this.assistant = evaluator.assistant();
    ValueRenderers.register(getRenderer());
  }

  /** The base class loads its extensions; this kernel's only one is the library, if it is there. */
  @Override
  public void onStartup() {
    super.onStartup();
    try {
      Class.forName("dev.disentangle.plot.Notebook").getMethod("install").invoke(null);
    } catch (ClassNotFoundException e) {
      // Without the library there are no values of its own to show.
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the library does not fit this kernel: build both again", e);
    }
  }

  private static LanguageInfo language() {
    return new LanguageInfo.Builder("Java")
        .version(Runtime.version().toString())
        .mimetype("text/x-java-source")
        .fileExtension(".jshell")
        .pygments("java")
        .codemirror("java")
        .build();
  }

  /**
   * Runs a cell. Unlike the base class it names the exception that the cell threw rather than a
   * wrapper, reports errors that are no {@code Exception}, leaves silent requests uncounted, and
   * does not run the cells that wait behind one that failed.
   */
  @Override
  protected synchronized void handleExecuteRequest(
      ShellReplyEnvironment environment, Message<ExecuteRequest> message) {
    commManager.setMessageContext(message);
    ExecuteRequest request = message.getContent();
    environment.setBusyDeferIdle();
    String sent = message.getHeader().getTimestamp().getDateString();
    if (request.shouldStopOnError() && abortWindow.covers(sent)) {
      environment.defer().reply(new AbortedReply());
      return;
    }
    int count = request.isSilent() ? executionCount.get() : executionCount.getAndIncrement();
    if (!request.isSilent()) {
      environment.publish(new PublishExecuteInput(request.getCode(), count));
    }
    // Deferred work runs last in, first out: the streams are given back before the reply goes out.
    try {
      var result = runCell(environment, request, count);
      result
          .filter(data -> !request.isSilent())
          .ifPresent(data -> environment.publish(new PublishExecuteResult(count, data)));
      environment.defer().reply(new ExecuteReply(count, Map.of()));
    } catch (CellException e) {
      replyFailure(environment, e, count);
      abortWindow.open();
    }
  }

  private Optional<DisplayData> runCell(
      ShellReplyEnvironment environment, ExecuteRequest request, int count) throws CellException {
    cellIo.attach(environment, request.isStdinEnabled());
    try {
      return evaluator.evaluate(count, request.getCode()).map(Display::render);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      // Rendering calls the value's own code, and the compiler itself can fail on odd input.
      throw Traceback.of(null, e);
    }
  }

  private static void replyFailure(
      ShellReplyEnvironment environment, CellException failure, int count) {
    var reply = new ErrorReply(failure.name(), failure.getMessage(), failure.traceback());
    reply.setExecutionCount(count);
    environment.publish(
        new PublishError(failure.name(), failure.getMessage(), failure.traceback()));
    environment.defer().replyError(ExecuteReply.MESSAGE_TYPE.error(), reply);
  }

  @Override
  public Object evalRaw(String source) {
    try {
      return evaluator.evaluate(executionCount.get(), source).orElse(null);
    } catch (CellException e) {
      throw new IllegalStateException(String.join("\n", e.traceback()), e);
    }
  }

  @Override
  public DisplayData inspect(String code, int at, boolean extraDetail) {
    return assistant.inspect(code, at).map(DisplayData::new).orElse(null);
  }

  @Override
  public ReplacementOptions complete(String code, int at) {
    return assistant.complete(code, at);
  }

  @Override
  public String isComplete(String code) {
    return assistant.isComplete(code);
  }

  @Override
  public void interrupt() {
    evaluator.interrupt();
  }

  /** The base class leaves this request unanswered, and consoles wait for the answer. */
  @Override
  protected void handleHistoryRequest(
      ShellReplyEnvironment environment, Message<HistoryRequest> message) {
    environment.setBusyDeferIdle();
    environment.reply(new HistoryReply(List.of()));
  }
}
