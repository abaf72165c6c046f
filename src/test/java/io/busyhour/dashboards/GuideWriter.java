package io.busyhour.dashboards;

import io.busyhour.dashboards.Dashboard.Panel;
import io.busyhour.dashboards.Dashboard.Row;
import java.util.List;
import java.util.Locale;

/** Writes {@code docs/dashboards.md}: each dashboard, its question and its panels. */
final class GuideWriter {
  private static final String HEAD =
      """
      # Dashboards

      Eleven dashboards for Grafana, in `dashboards/`; [grafana.md](grafana.md) says how to get them
      there. Thresholds that they draw are those of the alerts in `rules/`, and each panel links to
      the runbooks of its alerts. Where a panel needs what not everybody sends, it says so.

      Variables stand at the top and go along from one dashboard to the next. *All* means every
      value that was said: a call of which nobody said the trunk is on Overview, and not where
      trunks are chosen. Times are UTC.

      Change `dashboards/source` or `rules/`, and not this page;
      `./mvnw -q test -Dtest=DashboardFilesTest -Ddashboards.write=true` makes it, and all of them.

      """;

  private GuideWriter() {}

  /** The whole page. */
  static String page(List<Dashboard> dashboards) {
    StringBuilder page = new StringBuilder(HEAD);
    page.append("| dashboard | answers |\n|---|---|\n");
    for (Dashboard d : dashboards) {
      String anchor = d.title().toLowerCase(Locale.ROOT).replace(' ', '-');
      page.append("| [%s](#%s) | %s |\n".formatted(d.title(), anchor, d.question()));
    }
    dashboards.forEach(dashboard -> section(dashboard, page));
    return page.toString();
  }

  private static void section(Dashboard dashboard, StringBuilder page) {
    page.append("\n## %s\n%s\n".formatted(dashboard.title(), dashboard.question()));
    page.append("\n`dashboards/%s.json`".formatted(dashboard.uid()));
    if (!dashboard.variables().isEmpty()) {
      page.append("; variables: ").append(String.join(", ", dashboard.variables().keySet()));
    }
    page.append("\n\n| | panel | shows | alerts |\n|---|---|---|---|\n");
    for (Row row : dashboard.rows()) {
      String title = row.title();
      for (Panel panel : row.panels()) {
        String shows = panel.needs() == null ? panel.says() : panel.says() + " " + panel.needs();
        page.append(
            "| %s | %s | %s | %s |\n"
                .formatted(title, panel.title(), shows, String.join(", ", alerts(panel))));
        title = "";
      }
    }
  }

  private static List<String> alerts(Panel panel) {
    return panel.alerts().keySet().stream()
        .map(a -> "[%s](runbooks.md#%s)".formatted(a, a.toLowerCase(Locale.ROOT)))
        .toList();
  }
}
