/**
 * Sweeps on an Apache Spark cluster. Read {@link dev.disentangle.spark.SparkCluster}, then {@link
 * dev.disentangle.spark.RunTask}, what a machine of the cluster does for one run.
 */
package dev.disentangle.spark;
