/// The page's script: sorting by a click on a head, filtering by words, details on demand. Without
/// it the page is complete, only still.
enum ReportScript {
  static let javascript = """
    "use strict";
    (() => {
      const collator = new Intl.Collator("en", { numeric: true });
      const valueOf = (cell) => {
        if (cell.dataset.v !== undefined) return Number(cell.dataset.v);
        const text = cell.textContent.trim();
        return text === "" ? null : text;
      };
      const compare = (a, b) =>
        typeof a === "number" && typeof b === "number" ? a - b : collator.compare(a, b);

      const sort = (table, column, head) => {
        const up = head.getAttribute("aria-sort") !== "ascending";
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const body = table.tBodies[0];
        const rows = Array.from(body.rows, (row) => [valueOf(row.cells[column]), row]);
        // Missing entries stay last in both directions; equal ones keep their order.
        rows.sort(([a], [b]) => {
          if (a === null || b === null) return (a === null) - (b === null);
          return up ? compare(a, b) : compare(b, a);
        });
        body.append(...rows.map(([, row]) => row));
      };

      for (const table of document.querySelectorAll("table")) {
        Array.from(table.tHead.rows[0].cells).forEach((head, column) => {
          head.querySelector("button").addEventListener("click", () => sort(table, column, head));
        });
      }

      for (const controls of document.querySelectorAll(".controls")) {
        const table = document.getElementById(controls.dataset.table);
        const words = controls.querySelector(".filter");
        const onlyOpen = controls.querySelector(".only-open");
        const details = controls.querySelector(".details");
        const all = controls.querySelector(".all");
        const count = controls.querySelector(".count");
        const rows = Array.from(table.tBodies[0].rows);
        const texts = rows.map((row) => row.textContent.toLowerCase());
        if (details) {
          details.addEventListener("change", () => {
            table.classList.toggle("brief", !details.checked);
          });
        }
        if (all) {
          all.addEventListener("change", () => table.classList.toggle("short", !all.checked));
        }
        if (!words) continue;
        const filter = () => {
          const wanted = words.value.toLowerCase().split(/\\s+/).filter(Boolean);
          let shown = 0;
          rows.forEach((row, index) => {
            const fits = wanted.every((word) => texts[index].includes(word))
              && !(onlyOpen && onlyOpen.checked && !row.classList.contains("open"));
            row.hidden = !fits;
            if (fits) shown += 1;
          });
          const rest = shown === rows.length ? "" : ` of ${rows.length}`;
          count.textContent = `${shown}${rest} rows`;
        };
        words.addEventListener("input", filter);
        if (onlyOpen) onlyOpen.addEventListener("change", filter);
        filter();
      }
    })();
    """
}
