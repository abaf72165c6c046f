/** A MicroProfile application that is not Busyhour, with Busyhour on its class path. */
package com.example.dialer;
