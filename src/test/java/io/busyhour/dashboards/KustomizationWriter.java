package io.busyhour.dashboards;

import java.util.List;

/** Writes {@code dashboards/kustomization.yaml}: each dashboard as a ConfigMap. */
final class KustomizationWriter {
  private static final String HEAD =
      """
      # The dashboards as ConfigMaps for Grafana's sidecar, which looks for the label:
      #   kubectl apply --server-side -n monitoring -k dashboards
      # Made from dashboards/source, like the dashboards themselves.
      apiVersion: kustomize.config.k8s.io/v1beta1
      kind: Kustomization
      generatorOptions:
        disableNameSuffixHash: true
        labels:
          grafana_dashboard: "1"
        annotations:
          grafana_folder: Busyhour
      configMapGenerator:
      """;

  private KustomizationWriter() {}

  /** The whole file. */
  static String text(List<Dashboard> dashboards) {
    StringBuilder text = new StringBuilder(HEAD);
    for (Dashboard d : dashboards) {
      text.append("- name: %1$s-dashboard\n  files: [%1$s.json]\n".formatted(d.uid()));
    }
    return text.toString();
  }
}
