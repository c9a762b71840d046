// What stands in the fields of a form, and how it gets there. Never passwords, files, hidden fields;
// an <input hidden> travels along: it says which version the words were written on.
const KINDS = "input:not([type=hidden], [type=password], [type=file], [type=submit]), textarea, select";

const fieldsOf = (form) => [...form.elements].filter((field) => field.name && field.matches(KINDS));

const isTick = (field) => field.matches("[type=checkbox], [type=radio]");

const read = (form) => fieldsOf(form).map((field) => [field.name, isTick(field) ? [field.value, field.checked] : field.value]);

// What a person sees of the same, now and as the server sent it.
const seen = (form) => fieldsOf(form).filter((field) => !field.hidden)
  .map((field) => [field.name, isTick(field) ? [field.value, field.checked] : field.value]);

const sentDown = (field) => {
  if (isTick(field)) return [field.value, field.defaultChecked];
  if (!field.matches("select")) return field.defaultValue;
  return ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])?.value ?? "";
};

const served = (form) => fieldsOf(form).filter((field) => !field.hidden).map((field) => [field.name, sentDown(field)]);

const fill = (form, values) => {
  const left = [...values];
  for (const field of fieldsOf(form)) {
    const at = left.findIndex(([name, value]) => name === field.name && (!isTick(field) || value[0] === field.value));
    if (at < 0) continue;
    const [, value] = left.splice(at, 1)[0];
    if (isTick(field)) field.checked = value[1];
    else field.value = value;
  }
};

const wordsIn = (values, form) => {
  const hidden = new Set(fieldsOf(form).filter((field) => field.hidden).map((field) => field.name));
  return values.filter(([name]) => !hidden.has(name));
};
