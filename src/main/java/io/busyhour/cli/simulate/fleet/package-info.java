/**
 * What a simulated platform tells whether or not somebody calls: how its machines, trunks,
 * accounts, agents and background processes are.
 */
package io.busyhour.cli.simulate.fleet;
