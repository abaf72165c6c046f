package io.busyhour.serve.figures;

import io.busyhour.projection.windows.rollup.Figure;
import io.busyhour.projection.windows.rollup.Figures;
import io.busyhour.serve.Rounded;
import java.util.LinkedHashMap;
import java.util.Map;

/** How well calls were put through and sounded, each with how many calls say so. */
record Quality(Figures calls) {
  private static final int MOS_PLACES = 2;
  private static final int LOSS_PLACES = 4;

  /** ASR and NER in percent, ACD in seconds, MOS 1 to 5, loss 0 to 1. */
  Map<String, Object> shown() {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("asr", value(Rounded.percent(calls.asr()), calls.ended()));
    shown.put("acd", value(Rounded.tenths(calls.acd()), calls.count(Figure.TALKED)));
    shown.put("ner", value(Rounded.percent(calls.ner()), calls.ended()));
    shown.put("mos", value(Rounded.places(calls.mos(), MOS_PLACES), calls.count(Figure.MOS)));
    shown.put("loss", value(Rounded.places(calls.loss(), LOSS_PLACES), calls.count(Figure.LOSS)));
    return shown;
  }

  private static Map<String, Object> value(Double value, long samples) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("value", value);
    shown.put("samples", samples);
    return shown;
  }
}
