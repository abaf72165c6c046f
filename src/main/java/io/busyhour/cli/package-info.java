/**
 * The command line: each command asks a running server over HTTP and prints its answer. It never
 * opens the database.
 */
package io.busyhour.cli;
