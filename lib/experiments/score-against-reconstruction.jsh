// Score against reconstruction as in the FactorVAE paper's Figures 4 and 5, shortened: full dSprites, the paper's
// networks, rates and ten latents, 10,000 of its 300,000 steps. Nothing was chosen by looking at these seeds.
//
//   environment/sweep lib/experiments/score-against-reconstruction.jsh
//
// Called again, it goes on: every finished run has a result.json in the folder beside this file, and those are committed.
// About 20 minutes per run on one core.
Path folder = Path.of("lib", "experiments", "score-against-reconstruction");
String[] scores = {"factorvae", "mig", "higgins", "dci", "sap", "modularity", "explicitness", "irs"};
Sweep sweep = Sweep.over(DSprites::generate)
    .each(b -> b.latents(10).recordEvery(200).measureEvery(1_000).measureAllEvery(0)
        .scoreEvery(2_500, scores))
    .steps(10_000);
Sweep named = sweep.methods(new FactorVae(35), new BetaVae(4), new Vae());
Sweep grid = sweep.methods(
    new BetaVae(2), new FactorVae(10), new BetaVae(8), new FactorVae(60), new BetaVae(6), new FactorVae(20));
Sweep others = sweep.methods(new BetaTcVae(4), new DipVae(DipVae.Version.II), new CapacityVae(1_000, 25, 10_000, Adam.of(5e-4)));
// Most telling runs first, so that what is there is worth looking at whenever it stops.
List<Sweep> parts = List.of(
    named.seeds(0, 1), grid.seeds(0), named.seeds(2), grid.seeds(1), named.seeds(3, 4), others.seeds(0));
for (Sweep part : parts) {
  part.run(folder, LocalProcesses.of(2));
}
