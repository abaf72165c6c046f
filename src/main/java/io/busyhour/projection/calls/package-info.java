/**
 * The rows: calls, messages and campaigns as JPA entities, each folded from events so that any
 * order and repetition gives the same row.
 */
package io.busyhour.projection.calls;
