package org.avccdb.bench.report;

/** How pages look. Colours are those of Okabe and Ito, which all kinds of eyes tell apart, toned for their ground. */
final class Style {
    static final String CSS = """
            :root { color-scheme: light dark; --ground: #fff; --ink: #1c1e21; --quiet: #5f6670; --rule: #dcdfe4;
              --lane: #f1f3f5; --c0: #0072b2; --c1: #c24f00; --c2: #a87400; --c3: #00835f; --c4: #b0508a; --c5: #555b63;
              --flush: #7b8794; --compaction: #a9b2bc; --stall: #c8102e; --bad: #b00020; }
            @media (prefers-color-scheme: dark) {
              :root { --ground: #15181c; --ink: #e4e7ea; --quiet: #9aa3ad; --rule: #31373e; --lane: #1f242a;
                --c0: #56b4e9; --c1: #f0803c; --c2: #e6b422; --c3: #2fbf94; --c4: #e095c2; --c5: #b4bac1;
                --flush: #8d98a4; --compaction: #5e6873; --stall: #ff6b70; --bad: #ff7b86; } }
            * { box-sizing: border-box; }
            body { margin: 0; background: var(--ground); color: var(--ink); line-height: 1.5; font-size: 16px;
              font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
            main { max-width: 1120px; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
            h1 { font-size: 1.7rem; line-height: 1.2; font-weight: 650; letter-spacing: -.01em; margin: 0 0 .3rem; }
            h2 { font-size: 1.2rem; font-weight: 650; margin: 3rem 0 .6rem; padding-top: .8rem;
              border-top: 1px solid var(--rule); }
            h3 { font-size: 1rem; font-weight: 650; margin: 1.8rem 0 .4rem; }
            p { margin: .5rem 0; max-width: 46rem; }
            a { color: var(--c0); text-underline-offset: .15em; }
            .quiet, figcaption, footer { color: var(--quiet); }
            .quiet, footer { font-size: .9rem; }
            .verdict { font-size: 1.1rem; margin: 1.1rem 0 .6rem; }
            .bad { color: var(--bad); font-weight: 600; }
            .nowrap { white-space: nowrap; }
            .scroll { overflow-x: auto; margin: .8rem 0; }
            table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
            th { font-weight: 500; color: var(--quiet); vertical-align: bottom; font-size: .82rem; }
            th, td { padding: .3rem .9rem .3rem 0; border-bottom: 1px solid var(--rule); text-align: left; }
            th:last-child, td:last-child { padding-right: 0; }
            td { white-space: nowrap; }
            .number { text-align: right; }
            tr.first td { border-top: 1px solid var(--quiet); }
            tr.best td { font-weight: 600; }
            code, pre { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: .85rem; }
            pre { background: var(--lane); padding: .8rem 1rem; overflow-x: auto; border-radius: 4px; }
            dl { display: grid; grid-template-columns: minmax(7rem, auto) 1fr; gap: .25rem 1.2rem; font-size: .9rem; }
            dt { color: var(--quiet); }
            dd { margin: 0; overflow-wrap: anywhere; }
            details { margin: .8rem 0; }
            summary { cursor: pointer; color: var(--quiet); font-size: .9rem; }
            .charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 24rem), 1fr));
              gap: 1.4rem 2rem; align-items: start; }
            figure { margin: 0; }
            figcaption { font-size: .9rem; }
            strong { color: var(--ink); font-weight: 600; }
            svg { display: block; width: 100%; height: auto; }
            svg.range { width: 110px; }
            svg text { font: 11px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; fill: var(--quiet);
              font-variant-numeric: tabular-nums; }
            text.num, text.end { text-anchor: end; }
            text.mid { text-anchor: middle; }
            text.small { font-size: 10px; }
            .grid { stroke: var(--rule); stroke-width: 1; }
            .line { fill: none; stroke-width: 1.8; stroke-linejoin: round; stroke: currentColor; }
            .faint { stroke-width: 1; stroke-opacity: .45; }
            .p99 { stroke-dasharray: 5 2; stroke-width: 1.4; }
            .max { stroke-dasharray: 1.5 2.5; stroke-width: 1.4; }
            .jitter { color: var(--quiet); stroke-dasharray: 2 3; stroke-width: 1.3; }
            .lane { fill: var(--lane); }
            .event.flush { fill: var(--flush); }
            .event.compaction { fill: var(--compaction); }
            .event.stall { fill: var(--stall); }
            .band { fill-opacity: .1; }
            .band.flush { fill: var(--flush); }
            .band.compaction { fill: var(--compaction); }
            .band.stall { fill: var(--stall); fill-opacity: .25; }
            .area, .bar { fill: currentColor; stroke: none; }
            .bar.plain { fill: var(--compaction); }
            .whisker { stroke: var(--ink); stroke-width: 1.2; }
            .c0 { color: var(--c0); } .c1 { color: var(--c1); } .c2 { color: var(--c2); }
            .c3 { color: var(--c3); } .c4 { color: var(--c4); } .c5 { color: var(--c5); }
            .swatch { display: inline-block; width: .7em; height: .7em; border-radius: 2px; margin-right: .45em;
              background: currentColor; }
            .swatch.idle { background: none; height: 0; width: 1.2em; border-top: 2px dotted var(--quiet);
              vertical-align: .25em; border-radius: 0; }
            .legend { font-size: .85rem; display: flex; flex-wrap: wrap; gap: .1rem 1.2rem; max-width: none; }
            .legend.small { font-size: .78rem; color: var(--quiet); }
            footer { margin-top: 3rem; border-top: 1px solid var(--rule); padding-top: .8rem; }
            @media (max-width: 30rem) { main { padding: 1.4rem 1rem 3rem; } h1 { font-size: 1.4rem; }
              svg text { font-size: 13px; } text.small { font-size: 11px; }
              dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .4rem; } }
            """;

    private Style() {}
}
