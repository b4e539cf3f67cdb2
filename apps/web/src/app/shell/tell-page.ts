/**
 * After a move the reader begins at the top of the new page, as after a load, and hears its title: the focus goes there as soon as there is one.
 * A page that puts the focus elsewhere, and a reader who is already on the way, are left alone.
 */

/** @returns how to give up, for the next move */
export function tellPage(main: HTMLElement): () => void {
  const observer = new MutationObserver(look);
  // the page before is still drawn at this moment
  const timer = setTimeout(() => {
    main.focus({ preventScroll: true });
    observer.observe(main, { childList: true, subtree: true });
    look();
  });
  const end = () => {
    clearTimeout(timer);
    observer.disconnect();
  };

  function look() {
    const { activeElement } = document;
    if (activeElement !== main && activeElement !== document.body) return end();
    const title = main.querySelector("h1");
    if (!title) return;
    title.tabIndex = -1;
    title.focus({ preventScroll: true });
    end();
  }
  return end;
}
