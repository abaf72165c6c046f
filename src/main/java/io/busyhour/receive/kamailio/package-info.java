/**
 * What Kamailio and other SIP switches record of calls: acc and CDR records as JSON or as lines of
 * syslog, dialog events, and rows of call detail records.
 */
package io.busyhour.receive.kamailio;
