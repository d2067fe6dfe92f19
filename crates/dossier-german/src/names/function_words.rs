//! The closed classes of German: words that are in no lexicon of nouns, verbs and adjectives.
//!
//! Grouped as grammars group them (Duden, Die Grammatik), in lower case, ß as ss.

use std::sync::OnceLock;

use rustc_hash::FxHashSet;

/// Says whether a word, in lower case, is one of a closed class.
pub(super) fn is_function_word(word: &str) -> bool {
    static WORDS: OnceLock<FxHashSet<&'static str>> = OnceLock::new();
    WORDS
        .get_or_init(|| GROUPS.iter().flat_map(|group| group.split_ascii_whitespace()).collect())
        .contains(word)
}

pub(super) const GROUPS: &[&str] = &[
    // Articles and pronouns, with their forms.
    "der die das des dem den deren dessen denen derer
     ein eine eines einem einen einer eins kein keine keines keinem keinen keiner
     ich du er sie es wir ihr mich dich ihn uns euch mir dir ihm ihnen sich einander man
     meiner deiner seiner ihrer unser euer
     mein meine meines meinem meinen dein deine deines deinem deinen
     sein seine seines seinem seinen ihre ihres ihrem ihren
     unsere unseres unserem unseren unserer unsre unsrer unsrem unsren eure eures eurem euren eurer
     dieser diese dieses diesem diesen dies jener jene jenes jenem jenen
     derselbe dieselbe dasselbe desselben demselben denselben derselben dieselben
     selber selbe selben selbes selbem derjenige diejenige dasjenige desjenigen demjenigen
     denjenigen derjenigen diejenigen solch solche solcher solches solchem solchen
     welch welche welcher welches welchem welchen wer was wen wem wessen
     jemand jemanden jemandem jemandes niemand niemanden niemandem irgendwer irgendwen irgendwem
     irgendein irgendeine irgendeiner irgendeines irgendeinem irgendeinen irgendwelche irgendwas
     etwas nichts nix jeder jede jedes jedem jeden jedermann jedweder jegliche jeglicher jegliches
     jeglichem jeglichen alle aller alles allem allen all allesamt beide beider beides beiden beidem
     einige einiger einiges einigem einigen etliche etlicher etlichen mancher manche manches manchem
     manchen manch mehrere mehrerer mehreren mehreres viel viele vieler vieles vielem vielen
     wenig wenige weniger weniges wenigem wenigen mehr meist meiste meisten sämtliche sämtlicher
     sämtlichen andere anderer anderes anderem anderen andern anders anderm andrer andre andren
     selbst selber allerlei vielerlei keinerlei derlei dergleichen ebensolche genug unsereins",
    // Prepositions, also joined with an article.
    "ab abseits abzüglich an am ans angesichts anhand anlässlich anstatt anstelle auf aufs aufgrund
     aufseiten aus ausschliesslich ausser ausserhalb bei beim bezüglich bis binnen dank diesseits
     durch durchs einschliesslich entgegen entlang entsprechend exklusive für fürs gegen gegenüber
     gemäss gen halber hinsichtlich hinter hinterm hinters in im ins infolge inklusive inmitten
     innerhalb jenseits kraft längs laut mangels mit mitsamt mittels nach nächst nahe namens neben nebst
     oberhalb ob ohne per pro samt seit seitens statt trotz über überm übers um ums unbeschadet
     ungeachtet unter unterm unterhalb unters unweit via vom von vor vorbehaltlich vorm vors während
     wegen wider zeit zu zufolge zugunsten zuliebe zum zur zuungunsten zuwider zuzüglich zwecks
     zwischen",
    // Conjunctions and particles of comparison.
    "aber als also anstatt ausserdem bevor beziehungsweise bzw da damit dass daß denn desto doch
     ehe entweder falls indem indes indessen insofern insoweit je jedoch nachdem noch nur obgleich
     obschon obwohl obzwar oder seitdem sobald sodass sofern solang solange sondern sooft soviel soweit
     sowie sowohl und umso weder weil wenn wenngleich wie wiewohl wo wobei wofern wohingegen
     zumal u usw etc",
    // Negation, particles, interjections, answers.
    "nicht nie niemals nimmer nirgends nirgendwo keinesfalls keineswegs mitnichten ja jawohl nein
     doch eben halt mal nun schon wohl bloss eh etwa gar ruhig sogar allein auch besonders ebenfalls
     ebenso einzig erst fast geradezu gleichfalls höchstens insbesondere kaum lediglich mindestens
     nahezu namentlich nämlich quasi recht sehr sozusagen überaus überhaupt vielmehr vollends
     wenigstens ziemlich zumindest zutiefst ganz zu allzu so ach ah hallo na naja oh aha tja bitte danke",
    // Adverbs of place and direction, also with prepositions inside.
    "da dabei dadurch dafür dagegen daheim daher dahin dahinter damals daneben dar daran darauf
     daraus darin darob darüber darum darunter davon davor dazu dazwischen dort dorther dorthin
     draussen drauf dran drin drinnen drüben drunter droben drum her heran herauf heraus herbei herein
     herüber herum herunter hervor hier hierauf hieraus hierbei hierdurch hierfür hierher hierhin
     hiermit hiervon hierzu hierzulande hin hinab hinauf hinaus hinein hinten hinterher hinüber
     hinunter hinweg hinzu innen irgendwo irgendwohin irgendwie irgendwann links nebenan nebenbei
     nebenher oben obenauf rechts rundum überall überallhin umher unten unterwegs vorn vorne voran
     voraus vorbei vorüber weg wobei wodurch wofür wogegen woher wohin womit wonach woran worauf
     woraus worin worüber worum worunter wovon wovor wozu zurück zusammen auseinander aneinander
     aufeinander beieinander füreinander gegeneinander miteinander nacheinander nebeneinander
     voneinander zueinander daraufhin hindurch heim abwärts aufwärts vorwärts rückwärts seitwärts
     auswärts anderswo anderswohin nirgendwohin hinan empor entzwei fort fern vorab",
    // Their short forms, and those that join two directions.
    "raus rauf runter rüber drüber ran rein rum drein aussen alleine mittendrin obendrein quer
     woanders rundherum ringsum hintereinander untereinander durcheinander übereinander beiseite
     vonseiten mithilfe jederzeit derweil jeher ehemals untertags vornherein vorneherein",
    // Adverbs of time.
    "abends morgens mittags nachmittags vormittags nachts tags tagsüber abermals alsbald alsdann
     anfangs bald beizeiten bereits bisher bislang bisweilen dann danach demnächst derzeit dereinst
     diesmal einmal einst einstmals einstweilen endlich erstmals eher fortan früh früher frühestens
     gerade gestern vorgestern heute heuer heutzutage heutigentags hernach hinfort immer immerdar
     immerfort immerzu inzwischen jahrelang jetzt jemals jüngst künftig kürzlich längst letztens
     letztlich manchmal mehrmals meistens mitunter morgen übermorgen mittlerweile nachher nachts
     neuerdings neulich nochmal nochmals nunmehr oft öfter öfters oftmals seither sofort sogleich
     soeben sonst spät später spätestens stets stündlich täglich überdies unlängst unterdessen
     vorerst vorher vorhin vormals wann wieder wiederum zeitlebens zeitweise zugleich zuerst zuletzt
     zumeist zunächst zurzeit zuvor zwischendurch zwischenzeitlich weiterhin weiter dato dieweil
     anno seinerzeit damalig jeweils jeweilig zeitig ewig montags dienstags mittwochs donnerstags
     freitags samstags sonntags",
    // Adverbs of manner, degree and reason, and those that join sentences.
    "allemal allenfalls allenthalben allerdings allseits alias andererseits anderenfalls andernfalls
     anderweitig anscheinend anstandslos auffallend ausnahmsweise ausserdem beinahe beinah
     beispielsweise bekanntlich bestenfalls bestens blindlings daher darum dementsprechend demgegenüber
     demgemäss demnach demzufolge dennoch derart dermassen desgleichen deshalb dessenungeachtet
     deswegen durchaus durchweg ebensowenig ebensoviel eigens einerseits einigermassen erwartungsgemäss
     ferner folglich freilich gegebenenfalls gern gerne lieber liebsten gewissermassen glücklicherweise
     grossteils genauso geradeaus gleichsam gleichwohl gottlob grösstenteils hauptsächlich hierdurch
     hingegen hoffentlich immerhin infolgedessen infrage insgesamt insgeheim interessanterweise
     irgend jedenfalls keinesfalls kurzerhand leider logischerweise massenhaft mithin möglicherweise
     möglichst mutmasslich nachgerade natürlich nichtsdestotrotz nichtsdestoweniger normalerweise
     notfalls ohnedies ohnehin paarweise partout rundweg schlechterdings schlechthin schliesslich
     schlimmstenfalls schrittweise schwerlich seltsamerweise sicherlich so sodann somit soundso sowieso
     sozusagen sonstwie sonstige stattdessen stellenweise teils teilweise trotzdem
     überraschenderweise überwiegend üblicherweise umsonst umständehalber unbedingt ungefähr unglücklicherweise unterdessen
     unversehens vergebens verständlicherweise vielleicht vielerorts vielfach vonnöten voraussichtlich
     vorderhand vorläufig vorwiegend wahrhaftig wahrlich wahrscheinlich warum weitaus weitgehend weshalb wieso
     wieviel wohlgemerkt womöglich zudem zuallererst zuerst zufällig zuhauf zulasten zuhause zuvörderst
     zurecht zuteil zuweilen zwangsläufig zwar einfach egal dahingehend derartig derartige derartigen
     derartiger derartiges egal hinreichend nacheinander seitenverkehrt vorneweg wiederholt zuungunsten
     einzeln erstens zweitens drittens viertens fünftens sechstens letzteres letztere letzterer letzteren
     ersteres erstere ersterer ersteren sogenannt sogenannte sogenannten sogenannter sogenanntes",
    // What stands only beside a verb, and other words that are never inflected.
    "offenbar übrigens ansonsten woraufhin weswegen inwieweit inwiefern respektive halbwegs just
     durchwegs gemeinhin schlichtweg imstande zugute zugrunde zuwege zurande zustande zunutze
     zuschulden vonstatten abhanden anheim gewahr publik netto brutto circa zirka okay ok sag hab geb
     irgendetwas irgendjemand irgendjemanden irgendjemandem unsereiner unsereinem zweierlei
     dreierlei online offline http https www com org",
    // Spoken and short forms, and words that were once two.
    "sowas nee wär würd hätt möcht bräuchte bräuchten nen nem meins deins seins keins unsers bissl
     bisserl bisschen siehe sieh gib nimm lies sprich hilf vergiss immernoch zuviel zuviele zuwenig
     soviele soviel wieviele vorallem nichtmal nunmal garnicht garnichts garkein erstmal jedesmal
     nochmal derselben wurscht servus moin ciao tschüss",
    // Adjectives and adverbs that are in few dictionaries, or only with an ending.
    "schief schiefe schiefen schiefer krumm krumme krummen geil geile geilen schräg schräge schrägen
     parallel parallele parallelen parallelem paralleler vage vagen vager mega vegan vegane veganen
     veganer immens immense immensen teurer teure teuren teurem teures zeitnah hautnah ungern
     getrost gratis zunichte wett bergab bergauf barfuss beisammen ineinander einher herab
     währenddessen ebenda kurzum hierüber alledem allerhand minder meinetwegen ehesten ergo apropos
     dito puncto facto zig schonmal erklär
     unfassbar ungemein ungewohnt unversehrt weitestgehend irrelevant optional instant flächendeckend
     universal universell universelle universellen virtuell virtuelle virtuellen spezial vertikal
     vertikale egoistisch stressig vorsichtshalber schleunigst wohnhaft vieleicht einschüchtern
     uninteressant vereinbaren dutzende dutzenden zehntausende zehntausenden hunderttausende
     hunderttausenden aufrecht ausfindig fündig weiters einspruch aufn aufm ausm fürn",
    // Forms of verbs that are made otherwise than the rest.
    "wandte wandten sandte sandten ersticken erstickt erstickte erstochen verstrickt gestrickt
     bezwungen obliegt obliegen wackeln wackelt wackelte jucken juckt verwundet verlinkt verlinkten
     bestückt scannen shoppen streamen zocken chatten bloggen mailen hingen ging gingen frohlocken verrecken",
    // English ones, which German texts quote: articles, pronouns, prepositions, conjunctions,
    // auxiliaries, adverbs, numerals. Not those that are names as well: May, Till, Even, Back.
    "the a an this that these those i me my myself you your yours yourself he him his himself
     she her hers herself it its itself we us our ours ourselves they them their theirs themselves
     who whom whose which what one ones other others another each every both either neither some any
     all many much more most few less least none nothing something anything everything someone
     anyone everyone nobody somebody anybody everybody
     about above across after against along among around as at before behind below beneath beside
     between beyond but by during except for from in inside into of off on onto out
     outside over since through throughout to toward towards under until up upon with
     within without
     and or nor so if then than because although though while when where why how whether
     be am is are was were been being have has had having do does did done doing can could
     shall should will would cannot get gets got let
     not no yes only just also too very now here today ever always often again yet
     already almost away together new
     two three four five six seven eight first second third last",
    // Numerals.
    "null zwei zwo drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn
     sechzehn siebzehn achtzehn neunzehn zwanzig dreissig vierzig fünfzig sechzig siebzig achtzig
     neunzig hundert tausend zweier dreier beid eineinhalb anderthalb zweieinhalb dreieinhalb viereinhalb
     fünfeinhalb sechseinhalb halb elfte elften elfter zwölfte zwölften zwölfter siebente siebenten
     erste ersten erster erstes erstem zweite zweiten zweiter zweites zweitem dritte dritten dritter
     drittes drittem vierte vierten vierter viertes viertem fünfte fünften fünfter fünftes fünftem
     sechste sechsten sechster sechstes siebte siebten siebter siebtes achte achten achter achtes
     neunte neunten neunter zehnte zehnten zehnter zehntes letzte letzten letzter letztes letztem
     nächste nächsten nächster nächstes nächstem einfach zweifach dreifach vierfach mehrfach einmal
     zweimal dreimal viermal fünfmal sechsmal zehnmal hundertmal tausendmal",
];
