/**
 * Fetching published files: {@link dev.disentangle.data.fetch.Catalogue} lists them, {@link
 * dev.disentangle.data.fetch.Download} fetches one and checks it.
 */
package dev.disentangle.data.fetch;
