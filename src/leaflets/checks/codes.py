"""Why each finding matters: the reasons that `leaflets explain` tells.

A code is never renamed or used again for another thing.
"""

from collections.abc import Mapping
from types import MappingProxyType

CODES: Mapping[str, str] = MappingProxyType(
    {
        # The project and its sources
        "project-file": "The project file says what is printed for whom. A key that is not "
        "known is an error, so that a typing slip never silently changes a leaflet. "
        "docs/project.md lists every key.",
        "unreadable": "A source file cannot be read. Leaflets are never built from a part of "
        "their sources.",
        "symbolic-link": "No link is followed, in the sources and below build/: it could lead to "
        "files that have nothing to do with the project, and somebody else may have put it there. "
        "What it leads to was not read, written or deleted.",
        "encoding": "All sources are UTF-8. In another encoding letters would be lost or "
        "changed on paper.",
        "source-date": "SOURCE_DATE_EPOCH is a number of seconds (reproducible-builds.org); "
        "with anything else the build's date would be a guess.",
        "source-language": "Leaflets can be written in a language whose negations and units "
        "are known, and the words that turn a statement round: else no check would see what "
        "a translation changed (docs/languages.md).",
        "language-data": "What is known of languages and scripts is data that a speaker can "
        "mend. A key that is not known, or a value of another kind, is an error, so that a "
        "typing slip never silently turns a check off.",
        "waiver-expired": "A waiver lets a finding pass until a date. After that somebody "
        "looks again: mends it, or gives a new reason and date.",
        # Content
        "front-matter": "The front matter holds what every leaflet must say of itself: "
        "version, dates, kind. Without it a leaflet has no identity and is not built.",
        "unknown-block": "A leaflet is made of the blocks in docs/content.md. Others would "
        "have no place in the templates and might be lost on paper.",
        "table-shape": "A table is read by its columns: each has a heading, and each row a cell "
        "for every heading. A cell too many would be lost on paper, and a table of more than "
        "five columns cannot be read in print of this size.",
        "heading-level": "The title is the only heading of level 1, sections have 2, parts "
        "and boxes 3. Screen readers and tagged PDFs depend on levels without gaps.",
        "box-heading": "Every box begins with a heading, so that a reader who skims, or "
        "listens, knows what it is for.",
        "html-block": "HTML in content would escape translation and checks. Layout belongs "
        "to the templates.",
        "inline-markup": "Inside a text only **strong** and [links](https://…) are allowed, "
        "in the source as in translations. Italics and code are hard to read in print; HTML "
        "could change the page.",
        "attributes": "The line of attributes before a block names its sources and tags. "
        "One that cannot be read would be printed, or its sources lost.",
        "figure-text": "A figure needs a caption for all, and alt text for those who do not "
        "see it (PDF/UA, CDC Clear Communication Index item 4).",
        "empty-text": "A block without words is a mistake, and an empty message would be "
        "taken for the header of a catalog.",
        "broken-figure": "A drawing holds shapes and sized labels only. What runs, loads or "
        "styles from afar would make print depend on things that nobody checked.",
        "missing-figure": "The text names a figure that is not there.",
        "family-file": "The family is what all leaflets of a project have in common: its "
        "name, whom to call, what each kind of leaflet must hold, and what none may say "
        "(docs/family.md). A slip in it would turn a check off in silence.",
        "family-unknown": "A kind or a contact that the family does not have: nothing would "
        "be checked, or nobody could be called.",
        "not-empty": "What is there already is never written over by `leaflets init` and "
        "`leaflets add`.",
        "required-block": "Each kind of leaflet has boxes that readers look for and leaflets most "
        "often lack, such as whom to call (AHRQ PEMAT-P items 11 and 20); content/family.toml "
        "names them.",
        "required-tag": "Each kind of leaflet covers what its guidelines ask, such as DISCERN of "
        "treatments; tags show where, and content/family.toml names them.",
        "benefit-without-harm": "A benefit is never told without the harm that goes with it, in "
        "the same box; content/family.toml says which tags stand together.",
        "long-list": "More than seven items are not remembered (CDC Clear Communication "
        "Index item 8).",
        "number-without-source": "A number typed into the text has no source, is not written "
        "as each language does, and may differ between leaflets. Every number is a fact.",
        "unknown-placeholder": "A placeholder that stands for nothing would be printed as it "
        "is, or leave a hole where a number belongs.",
        "unknown-source": "The block names a source that the list of references does not "
        "have.",
        "long-sentence": "Sentences of more than 25 words are hard to read for tired eyes.",
        "long-summary": "A summary is read at one glance: 60 words.",
        "forbidden-claim": "No leaflet promises what no study shows, and none blames. The "
        "list stands in content/family.toml.",
        "section-without-source": "A section that states evidence names where it comes from "
        "(PIF TICK; DISCERN question 4).",
        "review-date": "Patient information is looked at again within three years "
        "(PIF TICK).",
        "facts-file": "content/facts.toml gives each number once, with value, source and "
        "date. A fact that cannot be read cannot be printed.",
        "sources-file": "content/sources.toml lists the references and how each was read.",
        "names-file": "content/names.toml lists the names that hold digits and those that stay "
        "in Latin letters. One that cannot be read would be taken for a number, or for a word "
        "that nobody translated.",
        "fact-without-source": "A number without a source is not printed.",
        "weak-source": "Nobody has read the source behind this number: it is known only by "
        "its existence, or from memory. Read one, or take the number out.",
        "second-hand-source": "The number was read where another text quotes the source. "
        "It may be printed in a draft; the clinical reviewer looks it up.",
        "source-address": "A reference without address or DOI is hard to find again.",
        "fact-unit": "The unit of a fact is not the one that stands beside its number in the "
        "text. A number with another unit is another number: hours are not days.",
        "unused-fact": "A fact that no leaflet uses will not be kept up to date.",
        "unused-source": "A source that no leaflet cites will not be kept up to date.",
        # Templates
        "broken-template": "A template cannot be filled. Nothing that needs it is built.",
        "text-dropped-by-template": "The template leaves out words of the leaflet. Every "
        "text of the source must stand on the page.",
        "block-order": "A template sets the texts in another order than the leaflet has. "
        "Warnings and steps are read in the order in which they were written.",
        # Sign-off
        "clinic-file": (
            "A list of clinics is printed as it stands, so it is read strictly: each row has "
            "an id and a name, a number that can be dialled, an address that begins with "
            "https://, and no character that nobody sees.  A row with anything wrong is left "
            "out; the others are printed."
        ),
        "clinic-too-long": (
            "What a clinic gives is never broken off or printed smaller than the edition "
            "allows.  It says by how many millimetres, or lines, it is too long."
        ),
        "clinic-code": (
            "A QR code is printed only if a telephone reads it from the page and from a worn "
            "copy.  A long address needs small modules, which copies lose."
        ),
        "clinic-logo": (
            "A logo is printed from pixels: a PNG, or an SVG of plain shapes that asks for "
            "nothing outside it.  It must be seen on white paper, and be sharp.  It is drawn "
            "within 10 seconds, or given up: a few hundred bytes can draw for ever."
        ),
        "web-page": (
            "A page on screen holds the very words that are printed, all of them and in "
            "their order, or it is not made.  It is made from an edition with the whole text."
        ),
        "desk-save": (
            "A translation from the proof desk is written only over the one that its author "
            "saw, so that nobody's work is lost.  Other texts may have changed meanwhile."
        ),
        "clinic-form": (
            "A clinic's lines are printed into the very file that was published.  It is "
            "missing, changed, or made from earlier sources, or it was changed by the "
            "printing: nothing was made of it."
        ),
        "no-cluster": (
            "The build was to run on the workers of a Dask scheduler, and there is none at "
            "that address, or Dask is not installed.  Nothing was built."
        ),
        "worker-differs": (
            "Pages are the same on every machine only where the same tools set them.  A "
            "worker with other versions was given nothing to do."
        ),
        "too-slow": (
            "A page took longer than any page should.  It was given up so that the others "
            "are not held up; nothing that was published before is touched."
        ),
        "not-verified": "`leaflets verify` says what it cannot compute again, so that nobody takes "
        "a comparison of digests for a proof.",
        "list-signature": "Whoever answers for a release can sign its manifest with ssh-keygen, and "
        "anybody can check that with public tools. A signature that is not good is worse than none.",
        "not-as-listed": (
            "A file in the build folder is not what the manifest lists, or the manifest is "
            "not what the sources and tools give.  Somebody changed it, a copy went wrong, "
            "or the sources have moved on: it must not be handed out as this release."
        ),
        "shard-differs": (
            "Machines that share a build must have the same sources, locks and fonts.  One "
            "of the folders to be merged has others, or a file in it is damaged: nothing "
            "was merged."
        ),
        "review-file": "A file of signatures cannot be read, or was changed by hand. Then "
        "nobody can say what was signed, so its signatures do not hold. git has the former "
        "file.",
        "signature-key": "A key of OpenSSH proves who signed (`--key` of `leaflets sign`). Here the "
        "key is not one that reviews/allowed_signers names, it signed something else than "
        "the record says now, or ssh-keygen, which verifies it, is missing.",
        "signature-date": "Nobody can have signed on a day that is to come, or before the "
        "version that they signed was written. Such a signature would hold longer than "
        "it may, or for words that were not there.",
        "review-orphan": "Signatures lie where no leaflet or language is. Who renamed it "
        "lost them: they are given anew, for nobody signed under that name.",
        "signature-refused": "A signature says who answers for what, by what right. It is "
        "refused where that is not told or nobody could read it, where one person signs in "
        "two roles (translator and reviser: ISO 17100), or where the leaflet is out of date.",
        "imprint-unnamed": "Readers must be able to judge who speaks to them: who publishes a "
        "leaflet, and who paid for it (PIF TICK). A draft says that it is to "
        "be named; nothing that says so is released.",
        "font-licence": "The pages of a site hold cut-down copies of fonts. Their licence (SIL OFL "
        "1.1, clause 2) asks that each copy has the copyright notice and the licence with it.",
        "version-unchanged": "The version stands on every page, and readers tell by it whether "
        "their copy is the newest. Once a clinician has signed words under a version, other "
        "words need another version: first the version is raised in the front matter, then "
        "the changed texts are signed. What did not change stays signed.",
        "not-approved": "A release holds what people have approved: translator, reviser, "
        "clinician and layout for these very words, not more than three years ago "
        "(PIF TICK). No switch lifts that.",
        # Catalogs and translations
        "catalog-exists": "`leaflets new` begins a language and never writes over one.",
        "missing-catalog": "A language that the project prints has no catalog. "
        "`leaflets update` makes one.",
        "po-syntax": "An entry of the catalog cannot be read. It is left out, and writing "
        "the catalog again would lose it, so it is mended first.",
        "po-encoding": "Catalogs are UTF-8 and say so in their header. In another encoding "
        "letters would be lost or changed on paper.",
        "po-duplicate": "One text is translated twice. Which of the two is printed would be "
        "chance.",
        "po-language": "The header names another language than the folder. One language "
        "would be printed as another.",
        "untranslated": "A text has no translation yet. A leaflet in two languages is worse "
        "than none, so it is not printed. It waits, and nothing is wrong.",
        "fuzzy": "The translation was made for another English text. It may say the opposite, "
        "so it is never printed before somebody has looked. Until then it waits.",
        "placeholder-mismatch": "Each placeholder is a number from a fact. A missing one is a "
        "missing number on paper; a renamed one would be printed in braces.",
        "markup-mismatch": "What is strong in the source must not be overread, and another "
        "address could lead patients anywhere. The order is free.",
        "html-in-translation": "HTML in a translation could change the page or load things "
        "into it.",
        "number-parity": "The numbers of source and translation are compared by value, in "
        "whatever digits they are written. A changed dose, time or telephone number is the "
        "worst that a translation can do. Native digits are refused: "
        "docs/decisions/0004-digits.md.",
        "name-parity": "A name that holds digits is the same thing in every language: type 1 and "
        "type 2 are two diseases. Names that are kept apart, such as those of medicines, "
        "stand in both texts or in neither. content/names.toml says what else they are called.",
        "phone-parity": "A telephone number is compared digit by digit: one wrong digit "
        "and nobody answers, or somebody else does.",
        "unit-parity": "12 hours are not 12 days, and 5 mg are not 5 g. Each number is "
        "compared with the unit beside it; the words for units stand in "
        "src/leaflets/languages/data/ (docs/languages.md).",
        "number-order": "1 in 3,000 is not 3,000 in 1, and 5 to 10 is not 10 to 5. Where a "
        "language names the whole before the part, its word list knows how.",
        "negation-parity": "A lost not turns an advice round. Words that deny are "
        "counted in both languages, sentence by sentence; it is an error where none is "
        "left or one came from nowhere, a warning where they are fewer. A translation that "
        "says the same without a negation gets a waiver, or other words.",
        "opposite": "Before is not after, raise is not lower, at least is not at most: one word "
        "for its opposite turns an advice round. Where the source has words of one side only, "
        "the translation may not have those of the other side only, sentence by sentence. "
        "src/leaflets/languages/data/ lists them (docs/languages.md); a translation that says "
        "the same in the other direction gets a waiver, or other words.",
        "no-word-lists": "Nobody has written the words for numbers, units and negations of "
        "this language yet (docs/languages.md), so a part of the checks cannot be run. "
        "Its reviewers need to know.",
        "look-alike": "A letter that only looks like the right one is another letter to "
        "search, speech and the next translator (Unicode Technical Standard 39): Persian "
        "yeh in Arabic, wide letters, O for 0. Kashida only stretches a line.",
        "foreign-quotes": "Each language has quotation marks of its own; foreign ones make a "
        "page look careless, and straight ones belong to programs.",
        "sign-space": "A space before a sign, or two in a row, leaves a hole in the line or "
        "parts a sign from its word. French alone asks for a narrow one before ; ! ? : and ».",
        "wrong-variant": "This sign is written otherwise in this language: simplified for "
        "traditional, Chinese for Japanese, or the other way round.",
        "doubts-file": "The list of words that a native reviewer should look at cannot be "
        "read whole, so some would be missed. Nothing on paper depends on it.",
        "glossary-file": "The glossary, or a TBX file, holds something that cannot be read "
        "or has two meanings, so that term would not be checked.",
        "glossary-term": "One thing has one name in all leaflets: who meets two words thinks "
        "of two things. Use an approved word, or add yours to locales/glossary.toml if it "
        "is right.",
        "glossary-forbidden": "This word means something else, promises too much or hurts "
        "the people the leaflet is for.",
        "glossary-kept": "Names of studies and bodies stay in Latin letters, so that a "
        "reader and a doctor can look up the same thing.",
        "control-character": "Characters that nobody sees can hide, reverse or break what is "
        "printed (CVE-2021-42574, Unicode Technical Report 36).",
        "wrong-script": "Letters of another script look alike and are read out wrongly; Latin "
        "words are names, or were left in English.",
        "unchanged": "A translation that is still the English text is none. Single words may "
        "be alike by chance, so those are only told.",
        "end-punctuation": "A question that became a statement, or a sentence cut off, shows "
        "at its end. Each script has its own signs.",
        "sentence-parity": "A sentence that is left out is advice that nobody gets. A long "
        "one may become two; two in one cannot be told from one that is gone, so they are "
        "told too.",
        "sentence-repeated": "A sentence that stands twice was pasted twice, or stands where "
        "another belongs.",
        "block-markup": "The structure comes from the source. A translation that begins like "
        "a heading, list or box, or holds a line break, would be printed as signs.",
        "too-long": "A translation more than four times as long, or of more than 2,000 "
        "characters, says something else than the source.",
        "label-length": "A label has a box in its drawing. Whether the words fit is "
        "estimated from the width of letters while a translation is made, and measured "
        "when it is built.",
        "foreign-link": "A translation leads to an address that the source does not have. "
        "No page is set with it, and no waiver lifts that.",
        "url-in-translation": "Patients trust what is printed, so a translation names no "
        "address that the source does not. An address could also make a program open things.",
        # Fonts, engine, files
        "font-missing": "Fonts are pinned by checksum. With others, lines would break "
        "elsewhere and letters could be missing.",
        "library-missing": "A system library that sets text is not there. `leaflets doctor` "
        "shows which, and how to get it.",
        "engine-message": "The typesetter said something about this page. It goes on "
        "silently where we do not: every word of it is looked at.",
        "engine-crash": "The typesetter stopped. Other targets go on; this is a fault of the "
        "program, not of the text.",
        "worker-died": "A worker process died, most often for want of memory. Its targets "
        "were tried once more alone.",
        "refused-file": "The page asked for something that is not part of it. A page reads "
        "only what was composed with it, never other files or the network.",
        "broken-image": "A drawing cannot be shown; the page would have a hole.",
        "cannot-write": "The file could not be written; what was there before is untouched.",
        "build-running": "Two builds in one folder would mix their files; the second waits "
        "or gives up.",
        "foreign-file": "A file of a target that is gone was changed by somebody; it is left "
        "for that person to delete.",
        "manifest-unreadable": "The record of the last build cannot be used; everything is "
        "built again.",
        # What is measured on the page
        "text-lost": "Every word of the leaflet is laid out, in order. The engine drops "
        "what does not fit a box without a word; the page count proves nothing.",
        "order-scrambled": "The engine orders each piece of a line by itself. A number or "
        "Latin name that is parted in a right-to-left line can be seen in another order "
        "(UAX #9): +49 30 as 30 49+.",
        "text-overlap": "Two texts stand on one another; neither can be read.",
        "box-overflow": "A label that is larger than its box covers the drawing or other "
        "labels. Shorten it; a translation needs not say more than the English.",
        "outside-margins": "Office printers leave an edge white, and a knife is never "
        "exact. Text there may be lost.",
        "short-form": "A folded sheet holds the short form. Where it tells of benefits it tells "
        "of every harm that the leaflet tells beside them (DISCERN, ISSCR).",
        "foreign-colour": "Drawings use the leaflet's few colours, because each has an ink of its "
        "own for the press. Any other would be printed by chance.",
        "rgb-in-press": "A press prints inks. Black, white and grey are rewritten as black ink; "
        "for any other colour given as light only its author knows which inks were meant.",
        "press-profile": "The colour profile says what a press does with ink. This file is none, "
        "or one for a screen; profiles/README.md tells which there are.",
        "split-box": "What to do in an emergency, whom to call, benefit with harm, and a drawing "
        "stand on one page each. Half a list of emergencies is read as the whole list.",
        "blank-page": "A folded sheet or booklet is filled up with pages for notes. A blank page "
        "would look like a fault of the printer.",
        "line-pitch": "Lines that stand less than 3 mm or 1.15 times their type apart run together "
        "for tired eyes (EU guideline on readability, 2009).",
        "x-height": "Small letters are lower than in 9 pt Times New Roman, the least that the EU's "
        "guideline allows, or than the edition allows. They are measured in every script.",
        "fold-zone": "Text stands on a fold or close to it. No sheet is folded exactly there, and "
        "what is folded cannot be read.",
        "token-split": "A number, dose, telephone number or date is parted at the end of a line. Half "
        "of it may be read as the whole.",
        "torn-line": "A line ends far too early, as if something were left out. The engine does "
        "so where the words after a bold one do not fit; another wording helps. The next word "
        "is measured with its own font.",
        "line-edge": "A line of Chinese, Japanese or Korean begins with a sign that ends "
        "something, or ends with one that opens something (W3C, JLREQ 3.1.7 and CLREQ 3.1.3).",
        "boxes-wrong": "The boxes of a page tell a print shop what is cut. These do not say it rightly.",
        "thin-line": "A line thinner than 0.25 pt breaks up or is lost in print.",
        "low-resolution": "An image has too few pixels for the size at which it is printed.",
        "wrong-colour-space": "A press is given inks, an office printer is given light. This file mixes "
        "them, so that colours and black would be left to chance.",
        "too-much-ink": "A spot has more ink than the shop's paper takes; it would smear and not dry.",
        "text-in-colours": "Text in several inks is blurred by the smallest error of the press. For a "
        "print shop all text is black alone.",
        "no-output-intent": "A press file names the printing condition that its colours are made for, "
        "by the name in the registry. This one names none, or another.",
        "duplex-wrong": "Printers are told how to turn the sheet and not to scale it. Turned on the "
        "wrong edge, the back of a folded sheet stands on its head.",
        "numbers-incomplete": "Each paragraph has its number beside it, the same in every language, so "
        "that two people find the same sentence. One is missing or printed twice.",
        "pairs-apart": "In two languages each text stands beside its other, so that a nurse can point "
        "at one and the reader reads the other.",
        "qr-missing": "The project names an online copy, but no scanner finds a QR code on paper "
        "that leads there.",
        "qr-wrong": "A QR code leads to another address, or there are two. Nobody can read by eye "
        "where a code leads, so it is read here.",
        "qr-small": "Office paper needs a code of 25 mm and modules of 0.5 mm, a press 20 mm and 0.4 "
        "mm. Finer modules run together in print and on copies.",
        "qr-quiet-zone": "A scanner finds a code by the four modules of white around it (ISO/IEC 18004).",
        "qr-fragile": "Leaflets are photocopied. The code has to read after a worn machine's grey and "
        "its black-and-white copy.",
        "page-limit": "An edition holds a number of pages: staples, folds and patience "
        "end somewhere.",
        "page-full": "The last page of an edition that holds no more has less than a line to "
        "spare. On another computer, with other libraries, a line may end a word earlier, and "
        "the leaflet would be a page too long.",
        "frame-in-foot": "The frame of a box reaches over the page number and the version at "
        "the foot of its page.",
        "heading-alone": "A heading at the foot of a page, with its text overleaf, is "
        "overlooked.",
        "benefit-alone": "Whoever reads of a benefit reads of the harm that goes with it on the "
        "same page; content/family.toml says which tags stand together.",
        "type-too-small": "Tired eyes need type of the edition's least size, in figures "
        "and page furniture too (UKAAF G003; EU readability guideline 2009).",
        # What is measured in the finished file
        "text-missing-in-pdf": "A piece of text was laid out but its letters are not in "
        "the file. Letters are compared as glyphs: the text shaped anew with the same "
        "font must give what is drawn. So it holds for joined and reordered scripts.",
        "text-order": "The letters are in the file, but not in the order in which they "
        "were set: 24 may stand there as 42.",
        "text-unseen": "The text is in the file but not seen where it was set: cut off by "
        "a box, covered, moved or drawn without colour.",
        "low-contrast": "Letters need a contrast of 4.5 to their ground, large type 3 "
        "(WCAG 2.2, success criterion 1.4.3); less is not read by tired eyes.",
        "text-unreadable": "The file says of its glyphs what letters they are, for those who "
        "search, copy or listen. Here it says other letters than were set. Not asked of "
        "Arabic and Hindi, where the engine's map is lossy.",
        "raw-placeholder": "A text is drawn with the name of a fact in braces, as its author "
        "wrote it, in place of the number. Every text gets its values before a page is "
        "made: titles, heads, proofs and reports too.",
        "text-unexplained": "The file draws text that no source accounts for.",
        "unsigned-text": "A template or stylesheet draws words or numbers of its own. Nobody "
        "translates or signs them, and they would be printed as approved. Words of "
        "templates are asked for from the catalogs; numbers are those of pages, "
        "paragraphs, steps, figures and sources.",
        "missing-glyph": "No font of this locale has the character; readers would see an "
        "empty box.",
        "notdef-glyph": "The file draws empty boxes in place of characters.",
        "foreign-font": "Text was set in a font that is not the locale's own: a letter "
        "was missing, and the page would look otherwise elsewhere.",
        "font-not-embedded": "A font that is not in the file is replaced on the printer.",
        "furniture-missing": "What must stand on every page (DRAFT, title, language) is "
        "not on this one. A page is often copied alone.",
        "wrong-page-size": "The page is not the paper's size; printers would scale it.",
        "wrong-page-count": "The file has other pages than were laid out.",
        "empty-page": "A page without text of the leaflet is wasted, or lost its text.",
        "no-title": "Screen readers and viewers show the leaflet's title, in its own "
        "language (PDF/UA-1, clause 7.1).",
        "no-language": "A file without its language is read aloud in the wrong one "
        "(PDF/UA-1, clause 7.2).",
        "not-tagged": "Without tags the file cannot be read aloud in order (PDF/UA-1).",
        "no-alt-text": "A figure without a text says nothing to those who do not see it.",
        "wrong-direction": "Viewers turn the pages of Arabic and Hebrew from the right.",
    }
)
