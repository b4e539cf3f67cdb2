/** Which page is shown: by the path, and by who is signed in. Everything behind the sign-in stands in the shell. */

import { stepDue } from "./account-state.ts";
import { words } from "./language.ts";
import { lazy } from "./lazy.tsx";
import { Problem } from "./problem.tsx";
import { navigate, path, visit } from "./router.ts";
import { account, lost } from "./session.ts";
import { Shell } from "./shell/Shell.tsx";
import "./shell/shell.css";

const SignIn = lazy(() => import("./entry/SignIn.tsx").then((chunk) => chunk.SignIn));
const SignInLink = lazy<{ token: string }>(() => import("./entry/SignInLink.tsx").then((chunk) => chunk.SignInLink));
const SecondStep = lazy(() => import("./security/SecondStep.tsx").then((chunk) => chunk.SecondStep));
const Welcome = lazy(() => import("./entry/Welcome.tsx").then((chunk) => chunk.Welcome));
const Compose = lazy<{ draftId: string }>(() => import("./compose/Compose.tsx").then((chunk) => chunk.Compose));
const SentList = lazy(() => import("./follow/SentList.tsx").then((chunk) => chunk.SentList));
const MessagePage = lazy<{ envelopeId: string }>(() =>
  import("./follow/MessagePage.tsx").then((chunk) => chunk.MessagePage),
);
const Inbox = lazy(() => import("./received/Inbox.tsx").then((chunk) => chunk.Inbox));
const ReplyPage = lazy<{ envelopeId: string }>(() =>
  import("./received/ReplyPage.tsx").then((chunk) => chunk.ReplyPage),
);
const Secrets = lazy(() => import("./secrets/Secrets.tsx").then((chunk) => chunk.Secrets));
const Organisation = lazy(() => import("./organisation/Organisation.tsx").then((chunk) => chunk.Organisation));
const Contacts = lazy(() =>
  Promise.all([
    import("./contacts/Contacts.tsx"),
    import("./contacts/contacts-words.ts").then((one) => one.contactWords.load()),
  ]).then(([chunk]) => chunk.Contacts),
);
const Settings = lazy(() => import("./settings/Settings.tsx").then((chunk) => chunk.Settings));

/** @param failure why nobody could be asked who is signed in */
export function App({ failure }: { failure: unknown }) {
  const here = path.value;
  const present = account.value;
  if (present === undefined && failure !== undefined)
    return (
      <main class="door">
        <Problem error={failure} retry={() => location.reload()} />
      </main>
    );
  // a link opened in this very tab changes only what is behind #: that counts as a visit
  void visit.value;
  const token = here === "/app/sign-in" ? location.hash.slice(1) : "";
  if (stepDue.value) return <SecondStep />;
  if (token !== "") return <SignInLink key={token} token={token} />;
  if (!present) return <SignIn />;
  const [, , page = "", id = ""] = here.split("/");
  if (page === "sign-in" && !lost.value) {
    queueMicrotask(() => void navigate("/app", { replace: true }));
    return null;
  }
  return (
    <Shell page={page || "write"}>
      <Page page={page} id={decodeURIComponent(id)} />
    </Shell>
  );
}

function Page({ page, id }: { page: string; id: string }) {
  const present = account.value;
  if (page === "" || page === "write") {
    // the first visit is the welcome; it has its own address, so that it stays while the account changes
    const begin = page === "" && present && (present.welcome.profile || present.welcome.keyring);
    if (begin) queueMicrotask(() => void navigate("/app/welcome", { replace: true }));
    return begin ? null : <Compose key={visit.value} draftId={id} />;
  }
  if (page === "welcome") return <Welcome />;
  if (page === "sent") return id === "" || id === "drafts" ? <SentList /> : <MessagePage key={id} envelopeId={id} />;
  if (page === "received") return id === "" ? <Inbox /> : <ReplyPage key={id} envelopeId={id} />;
  if (page === "contacts") return <Contacts />;
  if (page === "secrets") return <Secrets />;
  if (page === "settings") return <Settings />;
  if (page === "organisation") return <Organisation />;
  return <NotFound />;
}

function NotFound() {
  const { shell } = words();
  return (
    <section class="card empty">
      <h1 class="title--s">{shell.notFoundTitle}</h1>
      <p>{shell.notFoundText}</p>
      <a class="btn btn--primary" href="/app/write">
        {shell.notFoundAction}
      </a>
    </section>
  );
}
