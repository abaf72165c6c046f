/**
 * The only durable truth: deliveries in the order in which they were accepted, each once, with
 * positions to read from. What is acknowledged to a sender was committed here before.
 */
package io.busyhour.journal;
