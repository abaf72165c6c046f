package io.busyhour.receive.statsd;

import java.time.Duration;

/**
 * Where StatsD is listened for.
 *
 * @param host the address; whoever reaches it may send
 * @param port of UDP and of TCP; 0 takes one that is free for both
 * @param flush how long lines are added up before they are stored
 */
public record StatsdSettings(String host, int port, Duration flush) {}
