/** The sheet of the kit: each component in each of its states, one section a component. Its words are examples, seen by nobody but us. */
import { type ComponentChildren, render } from "preact";
import { useState } from "preact/hooks";
import "../src/kit/base-styles.ts";
import "../src/kit/badge.css";
import "../src/kit/empty.css";
import "../src/kit/skeleton.css";
import "../src/kit/tabs.css";
import "../src/kit/timeline.css";
import "../src/kit/token.css";
import "./kit.css";
import { Banner } from "../src/kit/Banner.tsx";
import { Button, IconButton } from "../src/kit/Button.tsx";
import { CodeInput } from "../src/kit/CodeInput.tsx";
import { Check, Field } from "../src/kit/Field.tsx";
import { FileRow, Files } from "../src/kit/FileRow.tsx";
import { Icon } from "../src/kit/Icon.tsx";
import * as icons from "../src/kit/icons.ts";
import { Menu } from "../src/kit/Menu.tsx";
import { Ring } from "../src/kit/Progress.tsx";
import { Logo, SealBroken, SealClosed, SealOpen, SealStamped } from "../src/kit/Seal.tsx";
import { Toast } from "../src/kit/Toast.tsx";

function Part({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <section class="kit__part">
      <h2>{name}</h2>
      {children}
    </section>
  );
}

function Code({ label, error, filled }: { label: string; error?: string; filled?: string }) {
  const [value, setValue] = useState(filled ?? "");
  return <CodeInput label={label} error={error} value={value} onValue={setValue} onFull={setValue} />;
}

const meta = (...words: string[]) => words.map((word) => <span key={word}>{word}</span>);

function Sheet() {
  return (
    <main class="kit">
      <h1 class="title">
        <Logo /> The kit
      </h1>
      <Part name="Seal: closed, open, broken, stamped">
        <div class="kit__line">
          <SealClosed />
          <SealOpen />
          <SealBroken />
          <SealStamped />
        </div>
      </Part>
      <Part name="State: always a shape and a word">
        <div class="kit__line">
          <span class="badge">
            <Icon of={icons.clock} small />
            Waiting
          </span>
          <span class="badge badge--part">
            <Icon of={icons.check} small />
            Partly opened
          </span>
          <span class="badge badge--done">
            <Icon of={icons.check} small />
            Opened
          </span>
          <span class="badge badge--warn">
            <Icon of={icons.clock} small />
            Last day
          </span>
          <span class="badge badge--bad">
            <Icon of={icons.alert} small />
            Not delivered
          </span>
          <span>
            <span class="pips" aria-hidden="true">
              <i class="left" />
              <i class="left" />
              <i />
            </span>
            2 of 3 left
          </span>
        </div>
      </Part>
      <Part name="Buttons: one primary a screen">
        <div class="kit__line">
          <Button kind="primary">Send sealed</Button>
          <Button>Choose files</Button>
          <Button kind="quiet">Reply to all</Button>
          <Button kind="danger" icon={icons.alert}>
            Destroy 3 files
          </Button>
        </div>
        <div class="kit__line">
          <Button kind="primary" disabled>
            Disabled
          </Button>
          <Button kind="primary" busy>
            Busy
          </Button>
          <Button data-look="hover">Hover</Button>
          <Button data-look="focus">Focus</Button>
          <Button size="small">Small</Button>
          <IconButton icon={icons.dots} label="More" />
        </div>
      </Part>
      <Part name="Field: hint, error, disabled">
        <Field label="Reference" optional="(optional)" hint="Shown in your lists. Not secret: the server sees it." />
        <Field label="Password" type="password" value="abc" error="Wrong password. Nothing was opened; 4 tries left." />
        <Field label="Openings" value="3" disabled hint="Set by your organisation." />
        <Check label="Tell me at the first opening" note="By mail, once." checked />
        <Check type="radio" name="one" label="The whole message" />
      </Part>
      <Part name="Code">
        <Code label="8-digit code" filled="48271063" />
        <Code label="Another code" filled="4827" error="This is not the code with the reference A4 7." />
      </Part>
      <Part name="People">
        <ul class="tokens">
          <li class="token">
            <span class="token__name">Joaquim Herbelot</span>
            <IconButton icon={icons.x} label="Remove Joaquim Herbelot" class="token__x" small />
          </li>
          <li class="token token--warn">
            <Icon of={icons.alert} small />
            <span class="token__name">ines.valtour@aubreIune.example</span>
            <IconButton icon={icons.x} label="Remove ines.valtour" class="token__x" small />
          </li>
        </ul>
      </Part>
      <Part name="Banners">
        <Banner title="Save your recovery kit">Without it, losing this device loses your messages.</Banner>
        <Banner kind="warn" title="No network">
          What you wrote is kept on this device. We go on by ourselves.
        </Banner>
        <Banner kind="bad" title="Not sent: the file changed while it was being read">
          Nothing left this device. Choose it again.
        </Banner>
      </Part>
      <Part name="Files: waiting, sending, paused, failed, done">
        <Files>
          <FileRow name="Report.pdf" meta={meta("waiting", "2.1 MB")} />
          <FileRow
            name="Inspection.mp4"
            meta={meta("1.2 of 1.8 GB", "2.6 MB/s", "4 min left")}
            progress={{ share: 0.66, label: "Sending Inspection.mp4" }}
            actions={<IconButton icon={icons.pause} label="Pause Inspection.mp4" small />}
          />
          <FileRow
            name="Plan.dwg"
            meta={meta("paused")}
            progress={{ share: 0.3, label: "Plan.dwg, paused", paused: true }}
          />
          <FileRow
            name="Scan 12.jpg"
            meta={
              <span class="bad-line">
                <Icon of={icons.alert} small />
                over the 100 MB limit
              </span>
            }
          />
          <FileRow
            name="a-very-long-name-of-a-file-that-nobody-would-read-to-its-end-but-that-must-not-be-cut.zip"
            meta={
              <span class="done-line">
                <Icon of={icons.check} small />
                complete and verified
              </span>
            }
          />
        </Files>
      </Part>
      <Part name="Menu, tabs, toast, ring">
        <nav class="tabs" aria-label="Example">
          <a href="#all" aria-current="page">
            All <span class="count">128</span>
          </a>
          <a href="#waiting">Waiting</a>
          <a href="#ended">Ended</a>
        </nav>
        <Toast action={<Button size="small">Undo</Button>}>Link copied</Toast>
        <div class="kit__line">
          <Menu summary="More" start>
            <button type="button" class="menu__item">
              <Icon of={icons.again} />
              Send again
            </button>
            <button type="button" class="menu__item menu__item--danger">
              <Icon of={icons.alert} />
              Revoke for this person
            </button>
          </Menu>
          <Ring share={0.7} text="21" />
        </div>
      </Part>
      <Part name="Nothing here yet">
        <div class="empty">
          <Logo />
          <h3>Nothing sent yet</h3>
          <p class="muted">What you send appears here, with who opened it and when.</p>
        </div>
      </Part>
    </main>
  );
}

render(<Sheet />, document.getElementById("root") as HTMLElement);
