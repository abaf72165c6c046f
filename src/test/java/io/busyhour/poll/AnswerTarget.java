package io.busyhour.poll;

import static io.busyhour.poll.FakeTwilio.payload;

import io.busyhour.http.Reason;
import io.busyhour.http.Refusal;
import io.busyhour.receive.fuzz.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Answers of Twilio's API. */
public final class AnswerTarget implements Target {
  @Override
  public String name() {
    return "twilio-api";
  }

  @Override
  public List<byte[]> payloads() {
    return Stream.of("balance", "usage-page-0", "usage-page-1", "usage-numbers")
        .map(name -> payload(name).getBytes(StandardCharsets.UTF_8))
        .toList();
  }

  @Override
  public void parse(byte[] input) {
    TwilioAnswer.errorCode(input);
    try {
      TwilioAnswer answer = TwilioAnswer.parse(FakeTwilio.ACCOUNT, input);
      answer.next();
      if (answer.body().has("balance")) {
        answer.balance();
      } else {
        answer.usage();
      }
    } catch (PollFailure e) {
      throw new Refusal(Reason.INVALID_VALUE, e.getMessage());
    }
  }
}
