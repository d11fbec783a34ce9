package io.cachewright.optimizer.report;

import io.cachewright.drawing.Html;
import io.cachewright.drawing.Page;
import io.cachewright.drawing.Words;
import io.cachewright.optimizer.advice.Practice;
import io.cachewright.optimizer.code.CodeSnippets;
import io.cachewright.optimizer.code.Language;
import io.cachewright.optimizer.report.ReportView.ChangeView;
import io.cachewright.optimizer.report.ReportView.Checked;
import io.cachewright.optimizer.report.ReportView.Profile;
import io.cachewright.optimizer.report.ReportView.ProofView;
import io.cachewright.optimizer.report.ReportView.Recommendation;
import io.cachewright.optimizer.report.ReportView.Seen;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The report as one page that needs no network: styles and plots are inline, and there is no script.
final class HtmlReport {

    private final ReportView view;
    private final Html html = new Html();

    private HtmlReport(ReportView view) {
        this.view = view;
    }

    static String write(ReportView view) {
        return new HtmlReport(view).page();
    }

    private String page() {
        head();
        profile(view.profile());
        if (!view.recommendations().isEmpty()) {
            section("Recommended", "");
            view.recommendations().forEach(this::recommendation);
        }
        questions();
        notes();
        trials();
        settled();
        if (view.isJudged()) {
            coverage();
        }
        probes();
        return Page.of("Cachewright: " + view.target(), html);
    }

    private void head() {
        html.element("p class=\"soft small\"", "Cachewright " + view.tool())
                .element("h1", view.target())
                .element("p class=\"soft\"", String.join("; ", view.servers()) + " · " + Labels.moment(view));
        if (view.isJudged()) {
            Headline headline = Headline.of(view);
            html.raw("<p><b>").text(headline.text()).raw("</b> ");
            headline.bySeverity().forEach((severity, count) -> {
                String label = Labels.severity(severity);
                html.element("span class=\"tag " + label + "\"", count + " " + label)
                        .raw(" ");
            });
            html.raw("</p>");
        }
    }

    private void profile(Profile profile) {
        html.raw("<div class=\"tiles\">");
        tile("commands a second", profile.opsPerSecond() == null ? null : Words.count(profile.opsPerSecond()));
        tile("main thread busy", profile.busyShare() == null ? null : Words.share(profile.busyShare()));
        tile("hit ratio", profile.hitRatio() == null ? null : Words.share(profile.hitRatio()));
        tile("in", profile.bytesInPerSecond() == null ? null : Words.bytes(profile.bytesInPerSecond()) + "/s");
        tile("out", profile.bytesOutPerSecond() == null ? null : Words.bytes(profile.bytesOutPerSecond()) + "/s");
        tile("keys", profile.keys() == null ? null : Words.count(profile.keys()));
        tile("memory", profile.usedBytes() == null ? null : Words.bytes(profile.usedBytes()));
        html.raw("</div>");
        String memory = Plots.memoryByFamily(profile.families());
        if (!memory.isEmpty()) {
            section("Memory by key family", "");
            html.raw("<div class=\"card\"><div class=\"plot\">" + memory + "</div>");
            html.raw("<details><summary>All families</summary><div class=\"scroll\"><table>")
                    .raw("<tr><th>Family</th><th>Use case</th><th class=\"right\">Keys</th>")
                    .raw(
                            "<th class=\"right\">Bytes</th><th>Type, encoding</th><th class=\"right\">Without TTL</th></tr>");
            profile.families()
                    .forEach(family -> html.raw("<tr><td><code>")
                            .text(family.pattern())
                            .raw("</code></td>")
                            .element("td", family.useCase())
                            .element("td class=\"right\"", Words.count(family.keys()))
                            .element("td class=\"right\"", Words.bytes(family.bytes()))
                            .element("td", family.type() + ", " + String.join(" ", family.encodings()))
                            .element(
                                    "td class=\"right\"",
                                    family.withoutTtlShare() == null ? "?" : Words.share(family.withoutTtlShare()))
                            .raw("</tr>"));
            html.raw("</table></div></details></div>");
        }
    }

    /// What is unknown has no tile.
    private void tile(String label, @Nullable String value) {
        if (value == null) {
            return;
        }
        html.raw("<div class=\"tile\">")
                .element("b", value)
                .element("span class=\"soft small\"", label)
                .raw("</div>");
    }

    private void recommendation(Recommendation r) {
        html.raw("<article class=\"card" + (r.withdrawn() == null ? "" : " withdrawn") + "\"><div class=\"head\"><h3>")
                .element("span class=\"number\"", String.valueOf(r.number()))
                .text(r.finding())
                .raw("</h3><span>")
                .element("span class=\"tag " + Labels.severity(r.severity()) + "\"", Labels.severity(r.severity()))
                .raw(" ")
                .element("span class=\"soft small\"", String.join(", ", r.affects()) + " · " + r.rule())
                .raw("</span></div><dl>");
        if (r.withdrawn() != null) {
            row("Withdrawn", r.withdrawn());
        }
        html.raw("<dt>Seen</dt><dd>");
        seen(r.seen());
        html.raw("</dd>");
        row("Change", r.title());
        row("Why", r.reason());
        expectation(r);
        if (r.proof() != null) {
            html.raw("<dt>Proof</dt><dd>");
            proof(r.proof());
            html.raw("</dd>");
        }
        row("Cost", r.cost());
        row("Risk", r.riskLevel() + ": " + r.risk());
        if (!r.conflictsWith().isEmpty()) {
            row(
                    "Conflicts",
                    "with " + r.conflictsWith().stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
        if (!r.alsoMends().isEmpty()) {
            row("Also mends", String.join(", ", r.alsoMends()));
        }
        html.raw("</dl>");
        changes(r.changes());
        code(r.practices());
        options(r);
        watch(r);
        html.raw("</article>");
    }

    private void expectation(Recommendation r) {
        if (r.expect().isEmpty() && r.protections().isEmpty()) {
            return;
        }
        html.raw("<dt>Expect</dt><dd>");
        r.expect()
                .forEach(e -> html.element(
                        "p",
                        e.metric().label() + " " + Words.change(e.expected()) + " (" + Words.change(e.low()) + " … "
                                + Words.change(e.high()) + "): " + e.basis()));
        r.protections().forEach(text -> html.element("p", text));
        html.raw("</dd>");
    }

    private void seen(List<Seen> seen) {
        seen.forEach(s -> html.raw("<p>")
                .text(s.text())
                .raw(" ")
                .element("span class=\"soft small\"", s.source())
                .raw("</p>"));
    }

    private void proof(ProofView proof) {
        html.element(
                "span class=\"tag " + proof.verdict().label().replace(' ', '-') + "\"",
                proof.verdict().label());
        if (!proof.reason().isEmpty()) {
            html.raw(" ").element("span class=\"small\"", proof.reason());
        }
        String plot = Plots.beforeAndAfter(proof.comparisons());
        if (!plot.isEmpty()) {
            html.raw("<div class=\"plot\">" + plot + "</div>");
            proof.comparisons()
                    .forEach(c -> html.element(
                            "p class=\"small soft\"",
                            c.metric().label() + ": " + Words.change(c.change()) + ", 95 % interval "
                                    + Words.change(c.low()) + " … " + Words.change(c.high()) + ", " + c.pairs()
                                    + " pairs"));
        }
        if (!proof.setting().isEmpty()) {
            html.element("p class=\"small soft\"", proof.setting());
        }
    }

    /// What the clients' side looks like, for practices that this version knows.
    private void code(List<String> practices) {
        for (Practice practice : Practice.values()) {
            if (practices.contains(practice.name())) {
                html.raw("<details><summary>").text("Code: " + practice.label()).raw("</summary>");
                for (Language language : Language.values()) {
                    html.raw("<details><summary>")
                            .text(language.label())
                            .raw("</summary><pre><code>")
                            .text(CodeSnippets.forPractice(practice, language))
                            .raw("</code></pre></details>");
                }
                html.raw("</details>");
            }
        }
    }

    private void changes(List<ChangeView> changes) {
        html.raw("<details><summary>Exact steps: apply, verify, undo</summary>");
        for (ChangeView change : changes) {
            html.raw("<p><code>")
                    .text(change.subject())
                    .raw("</code>: ")
                    .text((change.from().isEmpty() ? "(empty)" : change.from()) + " → " + change.to());
            if (change.restart() != null) {
                html.text(" · restart " + change.restart());
            }
            html.raw("</p>");
            block("apply", change.apply());
            block("verify", change.verify());
            block("undo", change.undo());
        }
        html.raw("</details>");
    }

    private void block(String label, List<String> lines) {
        if (!lines.isEmpty()) {
            html.element("span class=\"small soft\"", label).element("pre", String.join("\n", lines));
        }
    }

    private void options(Recommendation r) {
        if (r.options().isEmpty()) {
            return;
        }
        html.raw("<details><summary>Other ways (" + r.options().size() + ")</summary>");
        r.options()
                .forEach(option -> html.raw("<p><b>")
                        .text(option.title())
                        .raw("</b>: ")
                        .text(option.reason())
                        .raw("</p>")
                        .element(
                                "p class=\"small soft\"",
                                "serves " + orNothing(option.serves()) + "; costs " + orNothing(option.harms()) + "; "
                                        + option.cost() + "; risk: " + option.risk()));
        html.raw("</details>");
    }

    private void watch(Recommendation r) {
        if (r.watch().isEmpty()) {
            return;
        }
        html.raw("<details><summary>Watch afterwards</summary>");
        r.watch()
                .forEach(w -> html.element("pre", w.query())
                        .element("p class=\"small soft\"", "alert when " + w.alertWhen() + ": " + w.why()));
        html.raw("</details>");
    }

    private static String orNothing(List<String> values) {
        return values.isEmpty() ? "nothing" : String.join(", ", values);
    }

    private void questions() {
        if (view.questions().isEmpty()) {
            return;
        }
        section("Questions whose answer would change this plan", "");
        view.questions().forEach(question -> {
            html.raw("<div class=\"card\">").element("h3", question.text());
            html.raw("<dl>");
            question.answers()
                    .forEach(answer -> row(
                            answer.answer(),
                            answer.changes().isEmpty() ? "nothing changes" : String.join("; ", answer.changes())));
            html.raw("</dl>").element("p class=\"small soft\"", "requirements file: " + question.requirement());
            html.raw("</div>");
        });
    }

    private void notes() {
        if (view.notes().isEmpty()) {
            return;
        }
        section("Worth knowing", "");
        view.notes().forEach(note -> {
            html.raw("<div class=\"card\"><div class=\"head\">")
                    .element("h3", note.title())
                    .element(
                            "span class=\"tag " + Labels.severity(note.severity()) + "\"",
                            Labels.severity(note.severity()))
                    .raw("</div>");
            seen(note.seen());
            html.raw("</div>");
        });
    }

    private void trials() {
        if (view.trials().isEmpty()) {
            return;
        }
        section("Often advised, and put through the same proof", "");
        view.trials().forEach(trial -> {
            html.raw("<div class=\"card\">").element("h3", trial.of()).raw("<p></p>");
            proof(trial);
            html.raw("</div>");
        });
    }

    private void settled() {
        if (view.settled().isEmpty()) {
            return;
        }
        section("Decided between", "");
        html.raw("<div class=\"card\">");
        view.settled()
                .forEach(s -> html.raw("<p><b>")
                        .text(s.subject())
                        .raw("</b>: ")
                        .text(s.winner() + " over " + s.loser() + ": " + s.reason())
                        .raw("</p>"));
        html.raw("</div>");
    }

    private void coverage() {
        Map<String, Long> counts = view.coverage().stream()
                .collect(Collectors.groupingBy(Checked::verdict, TreeMap::new, Collectors.counting()));
        section("Coverage", "");
        html.raw("<div class=\"card\"><div class=\"plot\">" + Plots.coverage(counts) + "</div>")
                .raw("<details><summary>Every rule and what it said</summary><div class=\"scroll\"><table>")
                .raw("<tr><th>Rule</th><th>Verdict</th><th>Detail</th></tr>");
        view.coverage()
                .forEach(checked -> html.raw("<tr>")
                        .element("td", checked.rule() + " " + checked.title())
                        .element("td", checked.verdict())
                        .element("td", checked.detail())
                        .raw("</tr>"));
        html.raw("</table></div></details></div>");
    }

    private void probes() {
        section("What looking cost", "");
        html.raw("<div class=\"card\"><div class=\"scroll\"><table>")
                .raw(
                        "<tr><th>Probe</th><th class=\"right\">Calls</th><th class=\"right\">ms</th><th>Outcome</th></tr>");
        view.probes()
                .forEach(probe -> html.raw("<tr>")
                        .element("td", probe.probe() + " (" + probe.node() + ")")
                        .element("td class=\"right\"", Words.count(probe.calls()))
                        .element("td class=\"right\"", Words.significant(probe.elapsedMillis()))
                        .element("td", probe.outcome())
                        .raw("</tr>"));
        html.raw("</table></div></div>");
    }

    private void section(String title, String text) {
        html.element("h2", title);
        if (!text.isEmpty()) {
            html.element("p", text);
        }
    }

    private void row(String term, String text) {
        html.element("dt", term).element("dd", text);
    }
}
