package dev.disentangle.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.disentangle.learner.Learner;
import dev.disentangle.learner.Player;
import dev.disentangle.model.Network;
import dev.disentangle.tensor.Adam;
import dev.disentangle.tensor.GradientMode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who learns in each method, on how many batches, and what it is for everyone else. */
class PlayersTest {

  private static final Adam ADAM = Adam.of(1e-4);
  private static final String BOTH = "autoencoder[encoder, decoder]";

  static Stream<Arguments> methods() {
    String discriminator = "discriminator[discriminator]";
    String pretrained = "pretrained encoder[encoder]";
    return Stream.of(
        Arguments.of(new Vae(), 1, List.of(BOTH)),
        Arguments.of(new BetaVae(4), 1, List.of(BOTH)),
        Arguments.of(new CapacityVae(), 1, List.of(BOTH)),
        Arguments.of(new BetaTcVae(4), 1, List.of(BOTH)),
        Arguments.of(new DipVae(DipVae.Version.I), 1, List.of(BOTH)),
        Arguments.of(new DcIgn(), 1, List.of(BOTH)),
        Arguments.of(new FactorVae(4), 2, List.of(BOTH, discriminator)),
        Arguments.of(
            new FactorVae(4, SecondBatch.SPLIT, 1, ADAM, ADAM), 1, List.of(BOTH, discriminator)),
        Arguments.of(
            new FactorVae(4, SecondBatch.SAME, 1, ADAM, ADAM), 1, List.of(BOTH, discriminator)),
        Arguments.of(new Aae(), 1, List.of(BOTH, "encoder[encoder]", discriminator)),
        Arguments.of(new WaeMmd(1), 1, List.of(BOTH, pretrained)),
        Arguments.of(new WaeGan(1), 1, List.of(BOTH, discriminator, pretrained)),
        Arguments.of(
            new VaeGan(1),
            1,
            List.of(
                "encoder[encoder]",
                "decoder[decoder]",
                "discriminator[discriminator-features, discriminator]")),
        Arguments.of(new InfoGan(2, 1), 1, List.of("generator[generator]", discriminator)),
        Arguments.of(
            new InfoWganGp(2, 1), 5, List.of("generator[generator]", "critic[discriminator]")));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void playersHaveTheirNetworksAndTheModelEncodesAndDecodes(
      Objective method, int batches, List<String> players) {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      Learner learner = TinyNetworks.learner(method, manager, 3, 6);
      assertEquals(players, learner.players().stream().map(PlayersTest::withNetworks).toList());
      assertEquals(batches, learner.batchesPerStep());
      NDArray images = manager.zeros(new Shape(2, 1, 4, 4), DataType.FLOAT64);
      NDArray codes = GradientMode.paused(() -> learner.autoencoder().encode(images).mean());
      assertEquals(new Shape(2, 3), codes.getShape());
      NDArray pictures = GradientMode.paused(() -> learner.autoencoder().decode(codes));
      assertEquals(images.getShape(), pictures.getShape());
      double least = Arrays.stream(pictures.toDoubleArray()).min().orElseThrow();
      double most = Arrays.stream(pictures.toDoubleArray()).max().orElseThrow();
      assertTrue(least > 0 && most < 1, "probabilities, not logits: " + least + " to " + most);
      learner.players().forEach(Player::close);
    }
  }

  /** Without averages the codebook is moved with the autoencoder, by the loss's gradient. */
  @Test
  void aCodebookOfAveragesIsNobodyElses() {
    String autoencoder = "autoencoder[encoder, decoder";
    String prior = "prior[choices]";
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      VqVae moved = new VqVae(4, 2, 0.25, ADAM, ADAM);
      assertEquals(List.of(autoencoder + ", codebook]", prior), players(moved, manager));
      VqVae averaged = new VqVae(4, 2, 0.25, 0.9, ADAM, ADAM);
      assertEquals(
          List.of(autoencoder + "]", prior, "codebook[codebook, codebook-averages]"),
          players(averaged, manager));
    }
  }

  private static List<String> players(Objective method, NDManager manager) {
    Learner learner = TinyNetworks.learner(method, manager, 3, 6);
    return learner.players().stream().map(PlayersTest::withNetworks).toList();
  }

  private static String withNetworks(Player player) {
    return player.name() + player.networks().stream().map(Network::name).toList();
  }
}
