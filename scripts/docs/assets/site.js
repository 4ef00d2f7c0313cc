// @ts-check
/**
 * What a page can do besides being read: search, copying, a dark or light theme. It runs in the head, before the page
 * is there, so that the theme is right from the start; a page without it loses nothing that is written on it.
 */

(() => {
  const root = document.documentElement;

  /** @param {string} name @returns {string | null} */
  function remembered(name) {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  }

  /** @param {string} name @param {string} value */
  function remember(name, value) {
    try {
      localStorage.setItem(name, value);
    } catch {
      // The next page begins anew, then.
    }
  }

  const theme = remembered('theme');
  if (theme === 'dark' || theme === 'light') root.dataset.theme = theme;

  /**
   * @template {keyof HTMLElementTagNameMap} Tag
   * @param {Tag} tag
   * @param {Readonly<Record<string, string>>} [attributes]
   * @param {...(Node | string)} children
   * @returns {HTMLElementTagNameMap[Tag]}
   */
  function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  /** Adds the button that changes the theme. @param {Element} header */
  function addThemeButton(header) {
    const isDark = () =>
      (root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : '')) ===
      'dark';
    const button = element('button', { type: 'button', class: 'theme' }, 'Dark');
    const show = () => button.setAttribute('aria-pressed', String(isDark()));
    button.addEventListener('click', () => {
      root.dataset.theme = isDark() ? 'light' : 'dark';
      remember('theme', root.dataset.theme);
      show();
    });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
    show();
    header.append(button);
  }

  /** Adds a button to each piece of code that copies it. */
  function addCopyButtons() {
    for (const figure of document.querySelectorAll('figure.code')) {
      const caption = figure.querySelector('figcaption');
      const code = figure.querySelector('code');
      if (caption === null || code === null) continue;
      const label = `Copy ${caption.textContent}`;
      const button = element('button', { type: 'button', 'aria-label': label }, 'Copy');
      button.addEventListener('click', async () => {
        const isDone = await copied(code);
        say(isDone ? 'Copied' : 'Press Ctrl+C to copy');
        button.textContent = isDone ? 'Copied' : 'Selected';
        setTimeout(() => {
          button.textContent = 'Copy';
        }, 2000);
      });
      caption.append(button);
    }
  }

  /** Copies the text of code; where that is not allowed, selects it. @param {Element} code */
  async function copied(code) {
    try {
      await navigator.clipboard.writeText(code.textContent ?? '');
      return true;
    } catch {
      getSelection()?.selectAllChildren(code);
      return false;
    }
  }

  /** What scrolls by itself must be reached by keyboard. */
  function openScrolling() {
    for (const box of document.querySelectorAll('.table, .diagram, pre')) {
      if (!(box instanceof HTMLElement) || box.scrollWidth <= box.clientWidth) continue;
      box.tabIndex = 0;
      box.setAttribute('role', 'group');
      const label =
        box.querySelector('table')?.getAttribute('aria-label') ??
        box.querySelector('title')?.textContent ??
        'Code';
      box.setAttribute('aria-label', label);
    }
  }

  const status = element('p', { class: 'status', role: 'status' });

  /** Tells those who can't see it what has happened. @param {string} text */
  function say(text) {
    status.textContent = text;
  }

  /**
   * @typedef {readonly [path: string, fragment: string, ...values: string[]]} Field a field of the index: what its
   *   fragment adds to the entry's, and the texts that it can be
   * @typedef {{
   *   readonly title: string,
   *   readonly name: string,
   *   readonly provider: string,
   *   readonly words: string,
   *   readonly page: string,
   *   readonly id: string,
   *   readonly fields: readonly number[],
   * }} Entry one message, schema or other section of the index
   * @typedef {{ readonly fields: readonly Field[], readonly entries: readonly Entry[] }} Part
   * @typedef {{ text: string, about: string, href: string, rank: number }} Result
   */

  /** How many results are shown. */
  const MAX_RESULTS = 40;

  /** @type {Part[]} */
  const parts = [];
  /** @type {Promise<void> | undefined} */
  let loading;
  const home = () => document.body.dataset.root ?? '';

  /** Loads the index, the first time that somebody searches. */
  function load() {
    loading ??= new Promise((resolve) => {
      const next = (/** @type {number} */ number) => {
        const script = element('script', { src: `${home()}assets/search-${number}.js` });
        script.addEventListener('error', () => resolve());
        document.head.append(script);
      };
      Object.assign(globalThis, {
        searchIndex: (
          /** @type {number} */ at,
          /** @type {number} */ count,
          /** @type {Part} */ part,
        ) => {
          parts.push(part);
          if (at < count) next(at + 1);
          else resolve();
        },
      });
      next(1);
    });
    return loading;
  }

  /** The rank of what a query is not in. */
  const NONE = 9;

  /** Ranks a text by a query: equal, at the start, at the start of a word, anywhere. @param {string} text @param {string} query */
  function rankOf(text, query) {
    const at = text.toLowerCase().indexOf(query);
    if (at < 0) return NONE;
    if (text.length === query.length) return 0;
    if (at === 0) return 1;
    return /[\p{L}\p{N}]/u.test(text[at - 1] ?? '') ? 3 : 2;
  }

  /**
   * Ranks what has some texts by the words of a query: each must be in one of them, or in what it stands in (`around`, a
   * rank for each word), and one at least in the texts themselves.
   * @param {readonly string[]} texts @param {readonly string[]} words @param {readonly number[]} around
   */
  function rankAll(texts, words, around) {
    const own = words.map((word) => Math.min(...texts.map((text) => rankOf(text, word))));
    if (own.every((rank) => rank === NONE)) return NONE;
    return Math.max(...own.map((rank, index) => Math.min(rank, around[index] ?? NONE)));
  }

  /** Finds messages, schemas and sections, then fields, then values. @param {string} query @returns {Result[]} */
  function find(query) {
    const words = query.split(/\s+/);
    /** @type {Result[]} */
    const results = [];
    for (const { fields, entries } of parts) {
      for (const { title, name, provider, words: hints, page, id, fields: own } of entries) {
        /** @type {Set<string>} */
        const seen = new Set();
        const add = (
          /** @type {string} */ text,
          /** @type {string} */ about,
          /** @type {string} */ fragment,
          /** @type {number} */ rank,
        ) => {
          if (seen.has(text)) return;
          seen.add(text);
          const href = `${home()}${page}.html#${encodeURIComponent(id + fragment)}`;
          results.push({ text, about, href, rank });
        };
        const inProvider = words.map((word) => rankOf(provider, word));
        const rank = rankAll([title, name, hints], words, inProvider);
        const around = words.map((word) =>
          Math.min(...[provider, title, name, hints].map((text) => rankOf(text, word))),
        );
        if (rank < NONE) add(name === title ? title : `${title} (${name})`, provider, '', rank);
        const about = `${title}, ${provider}`;
        for (const index of own) {
          const [path = '', fragment = '', ...values] = fields[index] ?? [];
          const last = path.slice(path.lastIndexOf('.') + 1);
          const field = rankAll([last, path], words, around);
          if (field < NONE) add(path, about, fragment, field + 10);
          const inField = words.map((word, at) => Math.min(rankOf(path, word), around[at] ?? NONE));
          for (const value of values) {
            const found = rankAll([value], words, inField);
            if (found < NONE) add(`${path}: ${value}`, about, fragment, found + 20);
          }
        }
      }
    }
    return results.sort((one, other) => one.rank - other.rank);
  }

  /** Adds the search. @param {Element} header */
  function addSearch(header) {
    const list = element('ul', { id: 'results', role: 'listbox', 'aria-label': 'Results' });
    const input = element('input', {
      ...{ type: 'search', placeholder: 'Search messages, fields, values', autocomplete: 'off' },
      ...{ role: 'combobox', 'aria-label': 'Search', 'aria-controls': 'results' },
      ...{ 'aria-autocomplete': 'list', 'aria-expanded': 'false', spellcheck: 'false' },
    });
    const form = element('form', { role: 'search' }, input, list);
    let selected = -1;
    list.hidden = true;

    const close = () => {
      list.hidden = true;
      input.setAttribute('aria-expanded', 'false');
      input.removeAttribute('aria-activedescendant');
    };
    const go = (/** @type {Element | null} */ option) => {
      if (!(option instanceof HTMLElement) || option.dataset.href === undefined) return;
      close();
      location.href = option.dataset.href;
    };
    const select = (/** @type {number} */ index) => {
      const options = list.querySelectorAll('[role=option]');
      selected = options.length === 0 ? -1 : (index + options.length) % options.length;
      options.forEach((option, at) => {
        option.setAttribute('aria-selected', String(at === selected));
      });
      const option = options[selected];
      if (option === undefined) return;
      input.setAttribute('aria-activedescendant', option.id);
      option.scrollIntoView({ block: 'nearest' });
    };
    const show = async () => {
      const query = input.value.trim().toLowerCase();
      if (query === '') return close();
      await load();
      if (input.value.trim().toLowerCase() !== query) return;
      const results = find(query);
      list.replaceChildren(
        ...results.slice(0, MAX_RESULTS).map(({ text, about, href }, index) =>
          element(
            'li',
            {
              ...{ role: 'option', id: `result-${index}`, 'aria-selected': 'false' },
              'data-href': href,
            },
            text,
            element('small', {}, about),
          ),
        ),
      );
      const left = results.length - MAX_RESULTS;
      const note = results.length === 0 ? 'Nothing found' : `${left} more: type on to find them`;
      if (results.length === 0 || left > 0) {
        list.append(element('li', { role: 'option', 'aria-disabled': 'true' }, note));
      }
      list.hidden = false;
      input.setAttribute('aria-expanded', 'true');
      say(results.length === 1 ? '1 result' : `${results.length} results`);
      select(0);
    };

    input.addEventListener('focus', () => void load());
    input.addEventListener('input', () => void show());
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (!list.hidden) go(list.querySelector('[aria-selected=true]'));
    });
    form.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        if (list.hidden) void show();
        else select(selected + (event.key === 'ArrowDown' ? 1 : -1));
      }
      if (event.key === 'Escape') {
        close();
        input.value = '';
      }
    });
    // Else the input would lose the focus, and the list be gone before the click.
    list.addEventListener('mousedown', (event) => event.preventDefault());
    form.addEventListener('focusout', close);
    list.addEventListener('click', ({ target }) => {
      if (target instanceof Element) go(target.closest('[role=option]'));
    });
    document.addEventListener('keydown', (event) => {
      const isTyping = event.target instanceof HTMLInputElement;
      const isAsked = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey;
      if (isTyping || !(isAsked || (event.key === 'k' && (event.ctrlKey || event.metaKey)))) return;
      event.preventDefault();
      input.focus();
      input.select();
    });
    header.append(form);
  }

  document.addEventListener('DOMContentLoaded', () => {
    const header = document.querySelector('header.top');
    if (header === null) return;
    addSearch(header);
    addThemeButton(header);
    addCopyButtons();
    openScrolling();
    document.body.append(status);
  });
})();
