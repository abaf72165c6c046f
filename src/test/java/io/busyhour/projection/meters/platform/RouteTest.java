package io.busyhour.projection.meters.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTest {
  @ParameterizedTest
  @CsvSource({
    // what is a template already
    "/v2/calls,                                                 /v2/calls",
    "/v2/calls/{call_id}/timeline,                              /v2/calls/{call_id}/timeline",
    "/v2/calls/:id,                                             /v2/calls/:id",
    "/users/<int:user>,                                         /users/<int:user>",
    "/v1/calls:batch,                                           /v1/calls:batch",
    "/oauth2/token,                                             /oauth2/token",
    "/10dlc/e911-addresses/sip2sip,                             /10dlc/e911-addresses/sip2sip",
    "/,                                                         /",
    // how it is written
    "v2/calls,                                                  /v2/calls",
    "/v2/calls/,                                                /v2/calls",
    "//v2//calls,                                               /v2/calls",
    "https://api.example.com:8443/v2/calls?to=%2B13035550100#x, /v2/calls",
    "https://api.example.com,                                   /",
    "https://api.example.com?to=1,                              /",
    "/v2/calls?to=+13035550100,                                 /v2/calls",
    "/v2/calls#13035550100,                                     /v2/calls",
    "/v2/calls;jsessionid=8F3A,                                 /v2/calls",
    // versions
    "/2010-04-01/Accounts/AC00112233445566778899aabbccddeeff/Calls.json,"
        + "/2010-04-01/Accounts/{id}/Calls.json",
    "/1.1/statuses,                                             /1.1/statuses",
    "/reports/2026-11-20,                                       /reports/{id}",
    // ids
    "/v2/calls/42,                                              /v2/calls/{id}",
    "/42,                                                       /{id}",
    "/v2/calls/6f1f7a52-9d7c-4a44-8e59-ffb1b0a0e7cd/media,      /v2/calls/{id}/media",
    "/v2/calls/deadbeef-dead-beef-dead-beefdeadbeef,            /v2/calls/{id}",
    "/v2/calls/abcdefabcdef,                                    /v2/calls/{id}",
    "/v2/calls/0123456789ABCDEF,                                /v2/calls/{id}",
    "/v2/messages/01J9ZQ8G7M3XKTA5BVNE2RCDWP,                   /v2/messages/{id}",
    "/v2/customers/cus_9s6XKzkNRiz8i3,                          /v2/customers/{id}",
    "/v2/keys/eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9,             /v2/keys/{id}",
    "/v2/keys/aVeryLongTokenWithoutAnyDigitsInItAtAllX,         /v2/keys/{id}",
    "/peers/203.0.113.10,                                       /peers/{id}",
    "/peers/10.0.0.1,                                           /peers/{id}",
    // people
    "/v2/numbers/+13035550100,                                  /v2/numbers/{id}",
    "/v2/numbers/%2B13035550100,                                /v2/numbers/{id}",
    "/v2/numbers/%31%33%30%33,                                  /v2/numbers/{id}",
    "/v2/numbers/13035550100,                                   /v2/numbers/{id}",
    "/v2/numbers/303-555-0100,                                  /v2/numbers/{id}",
    "/v2/numbers/(303)555-0100,                                 /v2/numbers/{id}",
    "/v2/numbers/303.555.0100,                                  /v2/numbers/{id}",
    "/v2/numbers/tel:3035550100,                                /v2/numbers/{id}",
    "/v2/numbers/{13035550100},                                 /v2/numbers/{id}",
    "/v2/numbers/555-0100,                                      /v2/numbers/{id}",
    "/v2/numbers/١٣٠٣٥٥٥٠١٠٠,                                   /v2/numbers/{id}",
    "/13035550100,                                              /{id}",
    "/sip/alice@example.com,                                    /sip/{id}",
    "/names/Zoë,                                                /names/{id}",
    "/names/John Doe,                                           /names/{id}",
  })
  void endpoint_isTemplate(String endpoint, String template) {
    assertThat(Route.of(endpoint, "GET").endpoint()).isEqualTo(template);
  }

  @Test
  void endpoint_ofManyParts_isCutAtAPart() {
    assertThat(Route.of("/part".repeat(51), "GET").endpoint()).isEqualTo("/part".repeat(25) + "/*");
    assertThat(Route.of("/abcdefg".repeat(16), "GET").endpoint()).isEqualTo("/abcdefg".repeat(16));
  }

  @ParameterizedTest
  @CsvSource({"get, GET", "POST, POST", "Patch, PATCH", "PURGE, OTHER", "+13035550100, OTHER"})
  void method_isOfTheKnownOnes(String method, String label) {
    assertThat(Route.of("/", method).method()).isEqualTo(label);
  }
}
