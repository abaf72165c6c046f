/**
 * The families that StatsD's lines bring about while the server runs: what they are called, which
 * labels they have, and that a restart knows them again.
 */
package io.busyhour.projection.meters.statsd;
