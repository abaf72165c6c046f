/**
 * Asks Twilio what an account has and used, and journals the answers as events, so that they
 * outlive a restart. It works on a thread of its own, never within a scrape.
 */
package io.busyhour.poll;
