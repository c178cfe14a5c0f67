/**
 * Commands for people who do not write Java; {@code environment/score} calls {@link
 * dev.disentangle.command.ScoreCommand} and {@code environment/explore} {@link
 * dev.disentangle.command.ExploreCommand}; both share their errors and exit codes, {@code
 * CommandLines}.
 *
 * <p>Read in this order: {@link dev.disentangle.command.ScoreCommand}, the options; {@code
 * ScoredCodes}, one file with its scores; {@code HalfSamples}, the intervals; {@code ScoreRows},
 * the table of one or several files, which {@code ScoreFiles} writes as CSV and JSON and {@code
 * ScorePage} as a page, drawn by {@code PageParts}.
 */
package dev.disentangle.command;
