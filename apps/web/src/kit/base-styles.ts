/** The styles every page needs; import it once, first, in the entry of a page. Components bring their own. */
import "./tokens.css";
import "./base.css";
