/**
 * Outgoing webhooks: who wants to hear of what ({@code subscription}), what there is to deliver
 * ({@code outbox}, fed from the journal), how it is sent ({@code send}), and by whom and when
 * ({@code work}).
 */
package io.busyhour.deliver;
