/**
 * The door for Twilio's webhooks: voice and message status callbacks, voice webhooks and inbound
 * messages, and Event Streams, proven by X-Twilio-Signature. Twilio's words end here.
 */
package io.busyhour.receive.twilio;
