/** Adds to the reference page what needs a script: the filter, opening what a link points at, copying examples. */

const menu = document.querySelector('.menu');
const narrow = matchMedia('(max-width: 59.99rem)');

/** The contents stand open beside the page, and closed above it. */
const placeMenu = () => {
  menu.open = !narrow.matches;
};
placeMenu();
narrow.addEventListener('change', placeMenu);

/** A link into a closed part opens it. */
const openTarget = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!(target instanceof HTMLDetailsElement)) return;
  if (target.hidden) {
    input.value = '';
    showFitting();
  }
  target.open = true;
  target.scrollIntoView();
  target.querySelector('summary').focus({ preventScroll: true });
};
addEventListener('hashchange', openTarget);

menu.addEventListener('click', (event) => {
  if (!(event.target instanceof Element) || event.target.closest('a') === null) return;
  if (narrow.matches) menu.open = false;
  // A link to where one is already changes no hash.
  setTimeout(openTarget);
});

const filter = document.querySelector('.filter');
const input = filter.querySelector('input');
filter.hidden = false;

const showFitting = () => {
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (part) => words.every((word) => part.dataset.words.includes(word));
  let shown = 0;
  for (const part of document.querySelectorAll('[data-words]')) {
    part.hidden = !fits(part);
    if (!part.hidden) shown += 1;
    const link = menu.querySelector(`a[href="#${CSS.escape(part.id)}"]`);
    if (link !== null) link.parentElement.hidden = part.hidden;
  }
  for (const group of document.querySelectorAll('main section, .contents'))
    group.hidden = group.querySelector('details:not([hidden]), li:not([hidden])') === null;
  document.querySelector('.none').hidden = shown > 0;
};
input.addEventListener('input', showFitting);

addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.target instanceof HTMLInputElement) return;
  event.preventDefault();
  menu.open = true;
  input.focus();
});

for (const button of document.querySelectorAll('.copy')) {
  // Browsers give the clipboard to secure pages only: https and this machine.
  if (navigator.clipboard === undefined) break;
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.previousElementSibling.textContent);
    button.textContent = 'Copied';
    setTimeout(() => {
      button.textContent = 'Copy';
    }, 1500);
  });
}

openTarget();
