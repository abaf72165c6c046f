/**
 * What there is to deliver: one row for each event of the journal and each subscription that it is
 * for, until it is delivered or given up, and some time beyond.
 */
package io.busyhour.deliver.outbox;
