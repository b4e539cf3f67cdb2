/** Where one is signed in, and ending what one does not know. */
import { listSessions, revokeSession } from "@pli/client";
import type { Session } from "@pli/core/wire";
import { Button } from "../../kit/Button.tsx";
import { server } from "../api.ts";
import { confirm } from "../dialogs.tsx";
import { shortDay, when } from "../format.ts";
import { words } from "../language.ts";
import { useLoad, Waiting } from "../loading.tsx";
import { sayProblem } from "../problem.tsx";
import { say } from "../toasts.tsx";
import { Part } from "./Part.tsx";

export function Sessions() {
  const { settings } = words();
  const [loaded, again] = useLoad(() => listSessions(server), []);
  const end = async (sessions: readonly Session[]) => {
    try {
      for (const { sessionId } of sessions) await revokeSession(server, sessionId);
      say(settings.revoked);
    } catch (error) {
      sayProblem(error);
    }
    again();
  };
  const ask = async (session: Session) => {
    const sure = await confirm({
      title: settings.revokeTitle({ name: session.name }),
      text: session.kind === "token" ? settings.revokeToken : settings.revokeText,
      back: settings.keep,
      action: settings.revoke,
      danger: true,
    });
    if (sure) await end([session]);
  };
  return (
    <Part name="sessions" title={settings.sessions} lead={settings.sessionsLead}>
      <Waiting loaded={loaded} again={again} lines={4}>
        {(sessions) => {
          const others = sessions.filter(({ current, kind }) => !current && kind === "browser");
          return (
            <>
              <ul class="list">
                {sessions.map((session) => (
                  <li key={session.sessionId} class="list__item">
                    <div class="list__main">
                      <p>
                        <b>{session.name}</b>{" "}
                        {session.current && <span class="badge badge--type">{settings.current}</span>}
                      </p>
                      <p class="meta dots">
                        <span>{session.kind === "token" ? settings.token : settings.browser}</span>
                        <span>{settings.since({ date: shortDay(session.createdAt) })}</span>
                        <span>{settings.lastSeen({ date: when(session.lastSeenAt) })}</span>
                      </p>
                    </div>
                    {!session.current && (
                      <Button size="small" onClick={() => void ask(session)}>
                        {settings.revoke}
                        <span class="vh"> {session.name}</span>
                      </Button>
                    )}
                  </li>
                ))}
              </ul>
              {others.length > 1 && (
                <div class="card__foot">
                  <Button size="small" onClick={() => void end(others)}>
                    {settings.revokeOthers}
                  </Button>
                </div>
              )}
            </>
          );
        }}
      </Waiting>
    </Part>
  );
}
