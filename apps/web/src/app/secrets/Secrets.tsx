/** A member's one-time secrets (S1): one is made above, and below stands what became of them. */
import { useEffect, useState } from "preact/hooks";
import { words } from "../language.ts";
import { NewSecret } from "./NewSecret.tsx";
import { SecretList } from "./SecretList.tsx";

export function Secrets() {
  const { secrets } = words();
  const [made, setMade] = useState(0);
  useEffect(() => {
    document.title = `${secrets.title} · Pli`;
  }, [secrets]);
  return (
    <div class="stack stack--l">
      <div class="stack stack--s">
        <h1 class="title">{secrets.title}</h1>
        <p class="muted">{secrets.lead}</p>
      </div>
      <NewSecret onMade={() => setMade((one) => one + 1)} />
      <SecretList made={made} />
    </div>
  );
}
