/**
 * The door of log drains with l2met's conventions, as Librato had them: logplex frames or plain
 * lines, logfmt, and names and sources that become Busyhour's vocabulary here.
 */
package io.busyhour.receive.librato;
