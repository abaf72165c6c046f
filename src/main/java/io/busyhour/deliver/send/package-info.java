/**
 * One attempt to deliver: a signed request (Standard Webhooks 1.0.0) to an address that was
 * checked, and what became of it.
 */
package io.busyhour.deliver.send;
