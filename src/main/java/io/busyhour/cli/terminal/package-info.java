/** What commands share: the server that they ask, and tables for people. */
package io.busyhour.cli.terminal;
