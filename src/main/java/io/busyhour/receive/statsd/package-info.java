/**
 * StatsD and DogStatsD by UDP and TCP: lines are read, added up for a flush interval, and then
 * journaled as one delivery.
 */
package io.busyhour.receive.statsd;
