// Chooses the browser's own time zone where nobody has chosen one yet.
const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;

for (const select of document.querySelectorAll("select[data-own-zone]")) {
  if (!own) break;
  if (![...select.options].some((option) => option.value === own)) {
    select.prepend(new Option(own.split("/").pop().replaceAll("_", " "), own)); // an old name of a zone in the list
  }
  select.value = own;
}
