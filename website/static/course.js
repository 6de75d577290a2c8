// Opened from a folder, a page may not fetch others: the search then lists them without quoting from them.
if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

addEventListener("DOMContentLoaded", () => {
  // A screen reader tells the two columns beside the text apart by their names.
  for (const [column, name] of [[".sidebar-drawer", "All pages"], [".toc-drawer", "On this page"]]) {
    document.querySelector(column)?.setAttribute("aria-label", name);
  }
  // The theme's headings in the menu have no level.
  for (const caption of document.querySelectorAll(".sidebar-tree .caption")) caption.ariaLevel = 2;
  // What is wider than the page can be scrolled; give the keyboard a way to do so too.
  for (const box of document.querySelectorAll("pre, .table-wrapper, .math-wrapper")) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  }
  // Sphinx's search quotes from the place that it has found, but not if the place's name has dots in it, as functions have.
  if (typeof Search !== "undefined") {
    const { htmlToText } = Search;
    Search.htmlToText = (html, anchor) => htmlToText(html, anchor && `#${CSS.escape(anchor.slice(1))}`);
  }
});
