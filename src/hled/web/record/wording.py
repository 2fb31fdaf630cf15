"""Every word that the browser verifier says, for people who never heard of a Merkle tree.

The script in the page knows only the names on the left and takes the texts from the page, so that each
served page carries one language whole. Texts under the name of a refusal say what is wrong, then what to do.
It serves the promise of transparency under every work-plan line.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

_FILES: Final = {
    "file_none": _("No file yet"),
    "file_given": _("{name} · {size} bytes"),
    "file_pasted": _("Pasted text"),
    "file_large": _(
        "{name} is too large to be an entry or a receipt. Choose the two files that the page of the entry "
        "offers."
    ),
    "file_unreadable": _("{name} could not be read. Choose it again."),
    "lacking_entry": _("The entry is missing: add the file that ends in .json."),
    "lacking_receipt": _("The receipt is missing: add the file that ends in .tlog-proof."),
    "lacking_entry_receipt": _("Add both files first: the entry and its receipt."),
    "given": "{text}",
}
_VERDICT: Final = {
    "verdict_genuine": _("Genuine"),
    "verdict_local": _("Genuine, but local, not cosigned"),
    "verdict_refused": _("Refused"),
    "sentence_genuine": _(
        "This is entry {index} of the log {origin}, unchanged. The log signed for it, and it was cosigned "
        "by {names}."
    ),
    "sentence_local": _(
        "This is entry {index} of the log {origin}, unchanged. Only the log’s own key says so: nobody else "
        "has confirmed it."
    ),
    "demonstration": _("These are demonstration keys: they prove nothing about either government."),
    "future": _(
        "By the clock of your device, {names} signed in the future. Check the date of your device, then ask "
        "who runs the log."
    ),
    "unexpected": _(
        "The check stopped for a reason that it does not know, so nothing is proven. Try another browser, "
        "or the command “hled record verify”."
    ),
    "no_webcrypto": _(
        "Here the browser does not let a page compute checksums and signatures. Open the page through "
        "https, or save it and open the saved file."
    ),
    "no_ed25519": _(
        "This browser cannot check Ed25519 signatures, so nothing is proven. Open the saved page with "
        "Firefox 129, Chrome 137, Safari 17 or newer, or use the command “hled record verify”."
    ),
}
_POLICY_REFUSALS: Final = {
    "policy_empty": _("There is no policy. Open “Whose signatures count” and paste one that you trust."),
    "policy_text": _("The policy is no plain text as policies are written. Copy it again, as a whole."),
    "policy_line": _(
        "Line {line} of the policy is none that a policy has (log, witness, group, quorum). Correct it or "
        "copy the policy again."
    ),
    "policy_key": _(
        "The key in line {line} of the policy is not written correctly. Copy the whole line again."
    ),
    "policy_twice": _(
        "Line {line} of the policy gives a key that stands in it already. Take one of them out."
    ),
    "policy_name": _(
        "Line {line} of the policy uses the name “{name}”, which is not defined above it, or is taken, or "
        "was used before. Correct it or copy the policy again."
    ),
    "policy_quorum": _(
        "The policy does not say who must have cosigned: its line “quorum” is missing. Copy the policy "
        "again, as a whole."
    ),
}
_RECEIPT_REFUSALS: Final = {
    "receipt_text": _("The receipt is no plain text (UTF-8), so it was damaged. Download it again."),
    "receipt_returns": _(
        "The receipt was saved again by a program that changes line ends. Download it once more and do not "
        "open it before."
    ),
    "receipt_header": _(
        "This is no receipt: its first line is not “c2sp.org/tlog-proof@v1”. Choose the file that ends in "
        ".tlog-proof."
    ),
    "receipt_shape": _(
        "The upper part of the receipt (index and path) was changed or is incomplete. Download it again."
    ),
    "note_shape": _(
        "The lower part of the receipt (log, size, root, signatures) was changed or is incomplete. Download "
        "it again."
    ),
    "note_signature": _(
        "A line of signature in the receipt is not written correctly. Download the receipt again."
    ),
    "entry_empty": _("The entry is an empty file. Download it again."),
    "entry_large": _(
        "The file has {size} bytes; an entry has at most 65,535. Choose the file that ends in .json on the "
        "page of the entry."
    ),
}
_PROOF_REFUSALS: Final = {
    "path_outside": _(
        "The receipt speaks of entry {index} in a log of {size} entries, where there is none. It was "
        "changed: download it again."
    ),
    "path_length": _(
        "The path in the receipt is too short or too long for a log of this size. It was changed: download "
        "it again."
    ),
    "path_root": _(
        "The entry and the receipt do not belong together: one of them was changed, or they are of two "
        "different entries. Download both again from the page of the entry; if they still disagree, keep "
        "both files and tell a witness."
    ),
    "log_unknown": _(
        "Your policy does not know the log {origin}. Take the policy of the record from which the receipt "
        "comes, if you trust it."
    ),
    "log_unsigned": _(
        "The receipt bears no signature by the key that your policy names for the log {origin}. Compare the "
        "policy with the one of the record, or download the receipt again."
    ),
    "signature_bad": _(
        "The signature of {who} does not fit: the receipt was changed, or another key signed. Download it "
        "again; if it still does not fit, keep the file and tell a witness."
    ),
    "signature_twice": _("The receipt bears two signatures by one key of {who}. Download it again."),
    "quorum_missing": _(
        "Not enough have cosigned for your policy; missing: {names}. If the entry is new, wait and download "
        "a newer receipt."
    ),
    "quorum_unchecked": _(
        "Your policy asks for signatures that browsers cannot check yet ({names}). Use the command “hled "
        "record verify”."
    ),
}
_CHECKS: Final = {
    "checks_heading": _("What was checked"),
    "state_ok": _("correct"),
    "state_failed": _("wrong"),
    "state_unchecked": _("not checked here"),
    "policy_asks": _("Cosignatures required: {rule}."),
    "policy_title": _("Your policy"),
    "policy_ok": _("It can be read. Cosignatures required: {rule}."),
    "receipt_title": _("The receipt"),
    "receipt_ok": _(
        "It can be read, and speaks of entry {index} (counted from 0) in the log {origin}, which then held "
        "{size}."
    ),
    "entry_title": _("The fingerprint of your entry"),
    "entry_ok": _("Computed from your file: {hash}"),
    "path_title": _("The path to the root"),
    "path_ok": _("In {steps} steps it leads to exactly the root that was signed: {hash}"),
    "log_title": _("Signature of the log"),
    "log_ok": _("The key that your policy names for {name} signed this root."),
    "origin_title": _("The log"),
    "witness_title": _("Cosignature: {name}"),
    "witness_ok": _(
        "Signed on {date} with the key {name}: this root was seen, and nothing before it had changed."
    ),
    "witness_unchecked": _(
        "The key {name} is post-quantum (ML-DSA-44), which browsers cannot check yet. It does not count "
        "here; the command “hled record verify” checks it."
    ),
    "quorum_title": _("The rule of your policy"),
    "quorum_ok": _("Fulfilled. Cosignatures required: {rule}."),
    "ignored": _("Signatures by keys that your policy does not know were left aside: {names}."),
    "extra": _("The receipt carries {size} bytes that no signature covers; they were left aside."),
    "party_us": _("United States"),
    "party_mx": _("Mexico"),
    "party_other": _("“{name}”"),
    "rule_none": _("none"),
    "rule_some": _("at least {count} of ({names})"),
}
_PICTURE: Final = {
    "picture_heading": _("The proof as a picture"),
    "picture_name": _("The path from the entry up to the signed root"),
    "picture_same": _(
        "From entry {index} at the bottom, {steps} steps lead up; at each the fingerprint of a neighbour "
        "from the receipt is joined. At the top stands the root, and above it the signatures."
    ),
    "picture_differs": _(
        "From entry {index} at the bottom, {steps} steps lead up, but to another root than the one that was "
        "signed."
    ),
    "caption_same": _(
        "From the bottom up: two fingerprints side by side give the next one, until a single one stands for "
        "the whole log. Whoever signed it signed your entry too."
    ),
    "caption_differs": _(
        "From the bottom up: two fingerprints side by side give the next one. Here they end in another root "
        "than the one that was signed, so the signatures say nothing about this entry."
    ),
    "legend_own": _("computed here"),
    "legend_given": _("from the receipt"),
    "box_root": _("Root of the log"),
    "box_signed": _("Signed root"),
    "box_computed": _("Computed root"),
    "box_entry": _("Entry {index}"),
    "seal_log_valid": _("signed as the log"),
    "seal_log_failed": _("signature of the log: wrong"),
    "seal_witness_valid": _("cosigned"),
    "seal_witness_failed": _("cosignature: wrong"),
    "seal_witness_unchecked": _("post-quantum: not checked here"),
    "seal_witness_missing": _("asked for by the policy: missing"),
    "steps_summary": _("Every step in full"),
    "steps_start": _("The entry’s fingerprint:"),
    "step_left": _("With the left neighbour"),
    "step_right": _("With the right neighbour"),
    "step_gives": _("it gives"),
}
_READING: Final = {
    "reading_heading": _("What the entry says"),
    "reading_unproven": _("This text is not proven: the check above refused it."),
    "reading_type": _("Kind of act"),
    "reading_id": _("About"),
    "reading_at": _("Recorded at"),
    "reading_prev": _("Previous entry about it"),
    "reading_content": _("Content"),
    "reading_v": _("Version of the format"),
    "reading_exact": _("The exact text"),
    "reading_raw": _("It is not written as the entries of this record are. Its exact text:"),
    "value_none": _("(none)"),
}
_ALL: Final = (
    _FILES,
    _VERDICT,
    _POLICY_REFUSALS,
    _RECEIPT_REFUSALS,
    _PROOF_REFUSALS,
    _CHECKS,
    _PICTURE,
    _READING,
)


def words() -> dict[str, str]:
    """Return every text of the script in the language of the page."""
    return {name: str(text) for part in _ALL for name, text in part.items()}
