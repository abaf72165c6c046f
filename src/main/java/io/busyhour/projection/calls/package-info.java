/**
 * The rows: calls, messages, campaigns and accounts as JPA entities, each folded from events so
 * that any order and repetition gives the same row.
 */
package io.busyhour.projection.calls;
