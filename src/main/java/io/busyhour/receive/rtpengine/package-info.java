/** What RTPEngine says of the media of a call, and of itself. */
package io.busyhour.receive.rtpengine;
