/** A part of the page did not arrive: the one refusal that needs nothing more from the network to be shown. */
import type { Landing } from "@pli/texts/open/landing";
import "../kit/letter.css";

export function Stuck({ t }: { t: { readonly page: Pick<Landing["page"], "failed" | "reload"> } }) {
  return (
    <div class="sheet letter__body stack" role="alert">
      <p>{t.page.failed}</p>
      <p>
        <button type="button" class="btn btn--primary" onClick={() => location.reload()}>
          {t.page.reload}
        </button>
      </p>
    </div>
  );
}
