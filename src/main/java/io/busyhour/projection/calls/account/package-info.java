/** The rows of accounts. */
package io.busyhour.projection.calls.account;
