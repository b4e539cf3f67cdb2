/** One person in the summary before sending: what they get, how, in which language, and what is odd about them. */
import { type Delivery, isMobileForm, type Language } from "@pli/core/wire";
import "./summary.css";
import { LANGUAGE_NAMES } from "@pli/texts/languages";
import { Icon } from "../../kit/Icon.tsx";
import { globe, key, link as linkIcon, mail, phone } from "../../kit/icons.ts";
import { words } from "../language.ts";
import { me } from "../session.ts";
import { nameOf } from "./addresses.ts";
import { Doubts, type DoubtsProps } from "./Doubts.tsx";
import { domainOf } from "./review.ts";

interface SummaryRecipientProps extends DoubtsProps {
  type: "to" | "cc" | "bcc";
  isNew: boolean;
  language: Language;
  usualLanguage: Language;
  delivery: Delivery;
  password: boolean;
  smsCode: boolean;
  /** Where it goes, if anything goes there. */
  number: string | null;
}

export function SummaryRecipient(props: SummaryRecipientProps) {
  const { type, isNew, language, usualLanguage, delivery, password, smsCode, number, ...question } = props;
  const { compose } = words();
  const { person, doubts, right } = question;
  const numberAlone = isMobileForm(person.address);
  const to = number !== null && !numberAlone && <b class="num">{number}</b>;
  const outside = domainOf(person.address) !== domainOf(me().address);
  return (
    <li class={doubts.length > 0 && !right ? "alert" : ""}>
      <p>
        <b>{nameOf(person)}</b>{" "}
        {type !== "to" && (
          <span class="badge badge--type">{type === "cc" ? compose.copyBadge : compose.blindBadge}</span>
        )}
        {person.name && (
          <>
            <br />
            <span class="meta addr">{person.address}</span>
          </>
        )}
      </p>
      <p class="who__what">
        <span>
          <Icon of={delivery === "link" ? linkIcon : numberAlone ? phone : mail} small />
          {delivery === "link" ? compose.linkOnly : numberAlone ? compose.linkBySms : compose.mailboxCode}
        </span>
        {delivery === "sms" && !numberAlone && (
          <span>
            <Icon of={phone} small />
            {compose.linkBySms} {to}
          </span>
        )}
        {smsCode && (
          <span>
            <Icon of={phone} small />
            {compose.withSmsCode} {delivery !== "sms" && to}
          </span>
        )}
        {password && (
          <span>
            <Icon of={key} small />
            {compose.withPassword}
          </span>
        )}
        {language !== usualLanguage && (
          <span>
            <Icon of={globe} small />
            <span lang={language}>{LANGUAGE_NAMES[language]}</span>
          </span>
        )}
        {isNew && doubts.length === 0 && <span>{compose.firstTime}</span>}
        {isNew && outside && <span>{compose.outside}</span>}
      </p>
      {doubts.length > 0 && <Doubts {...question} />}
    </li>
  );
}
