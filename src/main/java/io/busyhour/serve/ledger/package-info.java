/** The account of everything that was received. Reads the journal's committed counts. */
package io.busyhour.serve.ledger;
