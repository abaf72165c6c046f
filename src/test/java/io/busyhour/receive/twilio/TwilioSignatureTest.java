package io.busyhour.receive.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors that Twilio's own libraries are tested with, and what they leave open. */
class TwilioSignatureTest {
  private static final String U = "https://mycompany.com/myapp.php?foo=1&bar=2";
  private static final Map<String, List<String>> P =
      Map.of(
          "CallSid", List.of("CA1234567890ABCDE"),
          "Caller", List.of("+14158675309"),
          "Digits", List.of("1234"),
          "From", List.of("+14158675309"),
          "To", List.of("+18005551212"));

  private final TwilioSignature signature = new TwilioSignature(List.of("12345"));

  private boolean isGood(String url, Map<String, List<String>> parameters, String presented) {
    return signature.isGood(presented, url, Form.of(parameters));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "TW1 | https://mycompany.com/myapp.php?foo=1&bar=2 | RSOYDt4T1cUTdK1PDd93/VVr8B8=",
        "TW2 | https://mycompany.com:443/myapp.php?foo=1&bar=2 | kvajT1Ptam85bY51eRf/AJRuM3w=",
        "TW2 | https://mycompany.com/myapp.php?foo=1&bar=2 | kvajT1Ptam85bY51eRf/AJRuM3w=",
        "TW3 | http://mycompany.com:80/myapp.php?foo=1&bar=2 | 0ZXoZLH/DfblKGATFgpif+LLRf4=",
        "TW3 | http://mycompany.com/myapp.php?foo=1&bar=2 | 0ZXoZLH/DfblKGATFgpif+LLRf4=",
        "TW4 | http://mycompany.com:1234/myapp.php?foo=1&bar=2 | Zmvh+3yNM1Phv2jhDCwEM3q5ebU=",
        "TW5 | https://mycompany.com/myapp.php | 1xaxFBvyzXYvWplzNOSs28HWO94=",
        "TW10 | https://mycompany.com/myapp.php?foo=hello%20world&bar=test%2Bvalue"
            + " | er2tvAP1Wx+iuTTE2BPgvEaN1cs=",
        "TW16 | https://mycompany.com/webhook/España?año=2023 | G/Hx6mqqnjUNlPAoi2Sp9bGst0g=",
        "TW17 | https://mycompany.com:443//myapp.php?foo=1&bar=2 | A9lH3u16NjyiiM/+wylw5rirFUs=",
        "TW18 | https://user:pass@mycompany.com/myapp.php?foo=1&bar=2"
            + " | CukzLTc1tT5dXEDIHm/tKBanW10=",
        "TW19 | https://user@mycompany.com/myapp.php?foo=1&bar=2"
            + " | 2YRLlVAflCqxaNicjMpJcSTgzSs=",
        "TW20 | https://user:pass@mycompany.com/myapp.php?foo=1&bar=2"
            + " | ZQFR1PTIZXF2MXB8ZnKCvnnA+rI=",
        "TW20 | https://user:pass@mycompany.com:443/myapp.php?foo=1&bar=2"
            + " | ZQFR1PTIZXF2MXB8ZnKCvnnA+rI=",
        "TW21 | https://mycompany.com/myapp.php?foo=1&bar=2&Body=It's+amazing"
            + " | TfZzewPq8wqrGlMfyAud8+/IvJ0=",
        "TW25 | https://mycompany.com/myapp.php?foo=1&bar=2&type=thiswontbeusedinthesignature"
            + "generatorandsoshouldbeignored | hYkNsTBttoNGkyCS0p+wWmQoRTg="
      })
  void published_urls_areGood(String id, String url, String presented) {
    assertThat(isGood(url, P, presented)).isTrue();
    assertThat(isGood(url + "x", P, presented)).isFalse();
    assertThat(isGood(url, Map.of(), presented)).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "TW6 | `` | zYQTYrRWXE7LtzbG4PfP7/bkkGo=",
        "TW11 | Message=Hello & goodbye! @#$%^*();From=+1 (415) 867-5309;Special=unicode: ñáéíóú"
            + " | dCPiR4WtQ6QFN6pJh81CtlCcWLQ=",
        "TW12 | Digits=;CallSid=CA1234567890ABCDE;EmptyParam= | 9HHp/OqQMEwdrVebHDdA/+tqjX8=",
        "TW13 | Digits=;CallSid=CA1234567890ABCDE;NullParam= | L9lTTwIlxM1xGAtLRwhOSZggRhM=",
        "TW14 | Zebra=last;Alpha=first;Beta=second;Gamma=third | enveUe73ZTVLAekHxez3Qx6JuuQ=",
        "TW15 | callSid=lowercase;CallSid=uppercase;CALLSID=allcaps"
            + " | jDK7WKT8wiNrwggd4ceTv4e1MJ4=",
        "TW22 | MessagingBinding.Address=+1325xxxxxxx,+1415xxxxxxx"
            + " | 83O6e2vORAoJHUNzJjDWN1jz+BA=",
        "TW22 | MessagingBinding.Address=+1415xxxxxxx,+1325xxxxxxx"
            + " | 83O6e2vORAoJHUNzJjDWN1jz+BA=",
        "TW23 | Sid=CA123;SidAccount=AC123;Digits=5678,1234,1234"
            + " | IK+Dwps556ElfBT0I3Rgjkr1wJU=",
        "TW26 | property=value;boolean=true | NBdBDr/T/lgjI+tlgpXjKZQZs/k="
      })
  void published_forms_areGood(String id, String form, String presented) {
    Map<String, List<String>> parameters = new TreeMap<>();
    for (String pair : form.split(";", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        String values = pair.substring(equals + 1);
        parameters.put(pair.substring(0, equals), Arrays.asList(values.split(",", -1)));
      }
    }
    assertThat(isGood(U, parameters, presented)).isTrue();
    parameters.put("Zusatz", List.of("1"));
    assertThat(isGood(U, parameters, presented)).isFalse();
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "true  | https://mycompany.com/myapp.php?foo=1&bar=2 | vOEb5UThFn24KEfnOFLQY2AE5FY=",
        "true  | https://mycompany.com:1234/myapp.php?foo=1&bar=2 | vOEb5UThFn24KEfnOFLQY2AE5FY=",
        "true  | http://mycompany.com/myapp.php?foo=1&bar=2 | n2xBNyzSW7rfYStDtOFiFMv7qNo=",
        "true  | http://mycompany.com:1234/myapp.php?foo=1&bar=2 | n2xBNyzSW7rfYStDtOFiFMv7qNo=",
        "false | https://mycompany.com/myapp.php?foo=1&bar=2 | 95+Bu0JVPi0r/SsESZCVf0dWAjw="
      })
  void published_tw24(boolean good, String url, String presented) {
    Map<String, List<String>> parameters = new TreeMap<>(P);
    parameters.put("ReasonConferenceEnded", List.of("test"));
    parameters.put("Reason", List.of("Participant"));
    assertThat(isGood(url, parameters, presented)).isEqualTo(good);
  }

  private static final String JSON = "{\"property\": \"value\", \"boolean\": true}";
  private static final String JSON_HASH =
      "bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
  private static final String EMPTY_HASH =
      "bodySHA256=44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

  private boolean isGood(String url, String body, String presented) {
    return signature.isGood(presented, url, body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void published_bodies_areGood() {
    String tw7 = "a9nBmqA0ju/hNViExpshrM61xv4=";
    assertThat(isGood(U + "&" + JSON_HASH, JSON, tw7)).isTrue();
    assertThat(isGood(U + "&" + JSON_HASH, JSON + " ", tw7)).isFalse();
    assertThat(isGood(U, JSON, tw7)).isFalse();
    String tw8 = "https://mycompany.com/myapp.php?" + JSON_HASH;
    assertThat(isGood(tw8, JSON, "y77kIzt2vzLz71DgmJGsen2scGs=")).isTrue();
    String tw9 = U + "&" + EMPTY_HASH;
    assertThat(isGood(tw9, "{}", "Ldidvp12m26NI7eqEvxnEpkd9Hc=")).isTrue();
    assertThat(isGood(tw9, "{}", "rw/jVviOgicj2+kHZULvebnA4ag=")).isTrue();
  }

  @Test
  void fragment_isNeverSigned() {
    assertThat(isGood(U + "#rc=3&rp=ct,rt", P, "RSOYDt4T1cUTdK1PDd93/VVr8B8=")).isTrue();
  }

  @Test
  void tokens_whileRotating_eachIsGood() {
    TwilioSignature both = new TwilioSignature(List.of("the new one", "12345"));
    assertThat(both.isGood("RSOYDt4T1cUTdK1PDd93/VVr8B8=", U, Form.of(P))).isTrue();
    TwilioSignature other = new TwilioSignature(List.of("the new one"));
    assertThat(other.isGood("RSOYDt4T1cUTdK1PDd93/VVr8B8=", U, Form.of(P))).isFalse();
    TwilioSignature none = new TwilioSignature(List.of());
    assertThat(none.isGood("RSOYDt4T1cUTdK1PDd93/VVr8B8=", U, Form.of(P))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"http://[::1]:8080/twilio/voice", "http://[2001:db8::1]/twilio/voice"})
  void addresses_ofVersion6_areGood(String url) {
    assertThat(isGood(url, Map.of(), TwilioSigner.hmac(url))).isTrue();
  }
}
