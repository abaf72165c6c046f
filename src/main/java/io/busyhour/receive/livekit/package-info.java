/**
 * The door for LiveKit's webhooks: who came into which room and left it, proven by a signed JWT
 * that holds the body's hash. LiveKit's words end here.
 */
package io.busyhour.receive.livekit;
