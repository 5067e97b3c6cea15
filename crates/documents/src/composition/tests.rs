//! Ce que chaque destinataire lit, et ce qu'il ne lit jamais.

use proptest::prelude::*;
use typst::layout::{Frame, FrameItem};

use super::*;
use crate::caracteres::POLICES;
use crate::exemples;
use crate::lettre::commun::{ActeRecu, NatureActe};
use crate::lettre::hors_champ_commissaire::MotifHorsChamp;
use crate::lettre::relance::Rappel;
use crate::modeles::{ModeleRefuse, Surcharge};

/// Le texte de chaque page, tel qu'il est posé. Sans espaces : une ligne se coupe n'importe où.
fn pages(lettres: &[Lettre]) -> Vec<String> {
    let noms = lettres.iter().map(Lettre::modele).collect();
    let modeles = Modeles::integres();
    let monde = monde(&modeles, liasse(&noms), lettres.iter().map(donnees).collect());
    posees(&monde)
}

/// Le texte de chaque page d'un imprimé.
fn pages_de_l_imprime(imprime: &Imprime) -> Vec<String> {
    let modeles = Modeles::integres();
    posees(&monde(&modeles, feuillet(imprime.modele()), imprime.donnees()))
}

fn posees(monde: &Monde<'_>) -> Vec<String> {
    let document = typst::compile::<PagedDocument>(monde).output.expect("la lettre se compose");
    document
        .pages()
        .iter()
        .map(|page| {
            let mut texte = String::new();
            recueillir(&page.frame, &mut texte);
            serre(&texte)
        })
        .collect()
}

fn recueillir(cadre: &Frame, texte: &mut String) {
    for (_, element) in cadre.items() {
        if let FrameItem::Text(pose) = element {
            texte.push_str(&pose.text);
        } else if let FrameItem::Group(groupe) = element {
            recueillir(&groupe.frame, texte);
        }
    }
}

fn serre(texte: &str) -> String {
    texte.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}').collect()
}

fn lue(lettre: &Lettre) -> String {
    pages(std::slice::from_ref(lettre)).concat()
}

/// Toutes les formes d'une lettre : chaque acte, chaque motif, chaque rappel.
fn toutes_les_formes() -> Vec<Lettre> {
    let mut lettres = exemples::toutes();
    for nature in [
        NatureActe::Assignation,
        NatureActe::CommandementDeQuitterLesLieux,
        NatureActe::Signalement,
    ] {
        let acte = ActeRecu { nature, date: "18 mai 2026".to_owned() };
        let (mut locataire, mut bailleur) =
            (exemples::intervention_locataire(), exemples::intervention_bailleur());
        locataire.acte = acte.clone();
        locataire.echeance = None;
        bailleur.acte = acte;
        lettres.push(Lettre::InterventionLocataire(locataire));
        lettres.push(Lettre::InterventionBailleur(bailleur));
    }
    for motif in [
        MotifHorsChamp::HorsDepartement { commune: "Douai".to_owned() },
        MotifHorsChamp::ProprietaireOccupant,
        MotifHorsChamp::HorsImpaye,
    ] {
        let mut lettre = exemples::hors_champ_commissaire();
        lettre.motif = motif;
        lettres.push(Lettre::HorsChampCommissaire(lettre));
    }
    for rappel in [
        Rappel::Locataire(exemples::intervention_locataire()),
        Rappel::Maire(exemples::intervention_maire()),
        Rappel::Ccas(exemples::intervention_ccas()),
        Rappel::Expediteur(exemples::demande_complement()),
    ] {
        lettres.push(Lettre::Relance(exemples::relance(rappel)));
    }
    let mut sensibilisation = exemples::sensibilisation_locataire();
    sensibilisation.echeance = None;
    lettres.push(Lettre::SensibilisationLocataire(sensibilisation));
    lettres
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Public {
    Commissaire,
    Bailleur,
    Locataire,
    Commune,
    Partenaire,
}

fn public(lettre: &Lettre) -> Public {
    match lettre {
        Lettre::IneligibiliteCommissaire(_)
        | Lettre::HorsChampCommissaire(_)
        | Lettre::DemandeComplement(_) => Public::Commissaire,
        Lettre::InterventionBailleur(_) => Public::Bailleur,
        Lettre::InterventionLocataire(_)
        | Lettre::SensibilisationLocataire(_)
        | Lettre::InformationMenage(_)
        | Lettre::AccompagnementMenage(_) => Public::Locataire,
        Lettre::InterventionMaire(_)
        | Lettre::InterventionCcas(_)
        | Lettre::AccompagnementMaire(_) => Public::Commune,
        Lettre::AvisCommission(_) => Public::Partenaire,
        Lettre::Relance(relance) => match &relance.rappel {
            Rappel::Bailleur(_) => Public::Bailleur,
            Rappel::Locataire(_) => Public::Locataire,
            Rappel::Maire(_) | Rappel::Ccas(_) => Public::Commune,
            Rappel::Expediteur(_) => Public::Commissaire,
        },
    }
}

#[test]
fn aucun_destinataire_ne_lit_ce_qui_ne_le_regarde_pas() {
    #[rustfmt::skip]
    let interdits: [(Public, &[&str]); 5] = [
        // Sa notice seule : ni le service qui suit le ménage, ni les aides, ni l'adresse du logement.
        (Public::Commissaire, &["Maison des solidarités", "FSL", "travailleur social", "enfant", "64, boulevard Lemoine"]),
        // Rien de la situation du ménage ni de ses aides.
        (Public::Bailleur,    &["aide au logement", "allocation", "CAF", "MSA", "FSL", "enfant", "social", "surendettement", "ressources", "€"]),
        // Ni injonction, ni menace, ni montant qu'un voisin lirait.
        (Public::Locataire,   &["vous devez", "sommons", "mise en demeure", "sous peine", "nous exigeons", "obligation de", "€"]),
        // Un nom, une adresse, ce qui est demandé.
        (Public::Commune,     &["€", "dette", "impayé", "commandement", "assignation", "loyer", "propriétaire", "bailleur", "aide au logement", "enfant", "2026-00000"]),
        // L'avis écrit par la commission, un nom et une adresse : rien d'autre du dossier.
        (Public::Partenaire,  &["€", "enfant", "téléphone", "aide au logement", "2026-00000"]),
    ];
    for lettre in toutes_les_formes() {
        let lu = lue(&lettre).to_lowercase();
        let ecrit = serre(&crate::courriel::texte(&lettre).corps).to_lowercase();
        let public = public(&lettre);
        let (_, mots) = interdits.iter().find(|(p, _)| *p == public).expect("un public par lettre");
        for mot in *mots {
            let cherche = serre(&mot.to_lowercase());
            assert!(
                !lu.contains(&cherche),
                "« {mot} » se lit dans {} ({public:?})",
                lettre.modele()
            );
            assert!(
                !ecrit.contains(&cherche),
                "« {mot} » se lit dans le courriel {} ({public:?})",
                lettre.modele()
            );
        }
    }
}

#[test]
fn chaque_lettre_dit_l_essentiel() {
    let (bailleur, locataire) = (
        Lettre::InterventionBailleur(exemples::intervention_bailleur()),
        Lettre::InterventionLocataire(exemples::intervention_locataire()),
    );
    #[rustfmt::skip]
    let attendus: [(Lettre, &[&str]); 13] = [
        (Lettre::IneligibiliteCommissaire(exemples::ineligibilite_commissaire()),
            &["SELARL Lecocq", "2026-00000", "642,66 €", "907,66 €", "loi n° 89-462", "n’atteint aucun", "traitement algorithmique", "finalité", "L. 311-3-1", "cada.fr", "ccapex-arras@example.org"]),
        (Lettre::HorsChampCommissaire(exemples::hors_champ_commissaire()),
            &["2026-00000", "personne morale", "au moins deux mois avant", "L. 311-3-1"]),
        (bailleur,
            &["Monsieur Franck Wagner", "64, boulevard Lemoine", "Madame Inès Bruneau", "commandement de payer daté du 18 mai 2026", "décompte", "médiation", "22 juin 2026", "ADIL"]),
        (locataire,
            &["Madame Inès Bruneau", "ne vous oblige pas à quitter votre logement", "29 juin 2026", "six semaines", "22 juin 2026", "03 53 01 00 30 (appel gratuit)", "FSL", "Maison des solidarités", "n’est pas obligatoire"]),
        (Lettre::InterventionMaire(exemples::intervention_maire()),
            &["Mairie de Beaurains", "Madame Inès Bruneau", "64, boulevard Lemoine", "22 juin 2026", "confidentielles", "ADIL", "FSL"]),
        (Lettre::InterventionCcas(exemples::intervention_ccas()),
            &["Madame Inès Bruneau", "déjà accompagné", "22 juin 2026", "confidentielles"]),
        (Lettre::Relance(exemples::relance_bailleur()),
            &["21 mai 2026", "8 juillet 2026", "décompte", "ne tenez pas compte"]),
        (Lettre::DemandeComplement(exemples::demande_complement()),
            &["2026-00017", "Montant de la dette", "2026-00021", "« 31/02/2026 » n’existe pas", "Comment répondre"]),
        (Lettre::SensibilisationLocataire(exemples::sensibilisation_locataire()),
            &["ne vous oblige pas à quitter votre logement", "29 juin 2026", "Aucune réponse n’est attendue", "ADIL", "FSL"]),
        (Lettre::InformationMenage(exemples::menage::information_menage()),
            &["Vous avez reçu un commandement de quitter les lieux", "12 juillet 2026", "deux mois à compter", "juge de l’exécution", "115", "L. 311-3-1", "Aucune réponse n’est attendue"]),
        (Lettre::AvisCommission(exemples::menage::avis_commission()),
            &["réunie le 12 mai 2026", "protocole de cohésion sociale", "recommandation", "22 juin 2026"]),
        (Lettre::AccompagnementMenage(exemples::menage::accompagnement_menage()),
            &["15 juin 2026", "115", "DALO", "réservé par la préfecture", "trêve hivernale"]),
        (Lettre::AccompagnementMaire(exemples::menage::accompagnement_maire()),
            &["Madame Inès Bruneau", "SIAO (115)", "22 juin 2026", "confidentielles"]),
    ];
    for (lettre, mots) in attendus {
        let lu = lue(&lettre);
        for mot in mots {
            assert!(lu.contains(&serre(mot)), "« {mot} » manque dans {}", lettre.modele());
        }
    }
}

#[test]
fn chaque_date_limite_est_expliquee() {
    for lettre in toutes_les_formes() {
        let lu = lue(&lettre);
        let dates = [
            ("22 juin 2026", "un mois après la date de cette lettre"),
            ("29 juin 2026", "le délai est de six semaines"),
            ("8 juillet 2026", "deux semaines après"),
            ("12 juillet 2026", "deux mois à compter"),
        ];
        for (jour, explication) in dates {
            let dite = lu.contains(&serre(jour));
            assert_eq!(dite, lu.contains(&serre(explication)), "{jour}, {}", lettre.modele());
        }
    }
}

#[test]
fn chaque_exemple_tient_sur_une_page() {
    for lettre in exemples::toutes() {
        assert_eq!(pages(std::slice::from_ref(&lettre)).len(), 1, "{}", lettre.modele());
    }
}

#[test]
fn chaque_forme_de_lettre_est_un_pdf_accessible_et_archivable() {
    for lettre in toutes_les_formes() {
        let pdf = rendre(&Modeles::integres(), &lettre).unwrap_or_else(|e| panic!("{e}"));
        let octets = String::from_utf8_lossy(&pdf.octets);
        for norme in ["<pdfuaid:part>1<", "<pdfaid:part>2<", "<pdfaid:conformance>A<"] {
            assert!(octets.contains(norme), "{norme} manque dans {}", pdf.modele);
        }
        assert_eq!(pdf.version, "v1");
    }
}

#[test]
fn une_meme_lettre_donne_les_memes_octets() {
    let modeles = Modeles::integres();
    let lettres = toutes_les_formes();
    let ensemble = rendre_tout(&modeles, &lettres);
    oublier();
    for (lettre, premiere) in lettres.iter().zip(ensemble) {
        let seconde = rendre(&modeles, lettre);
        assert!(premiere == seconde, "{} change d'une composition à l'autre", lettre.modele());
    }
    assert!(fusionner(&modeles, &lettres) == fusionner(&modeles, &lettres));
}

#[test]
fn chaque_lettre_d_une_liasse_commence_sur_un_recto() {
    let lettres = toutes_les_formes();
    let pages = pages(&lettres);
    let debuts: Vec<usize> = pages
        .iter()
        .enumerate()
        .filter(|(_, page)| page.contains("Référenceàrappeler"))
        .map(|(rang, _)| rang)
        .collect();
    assert_eq!(debuts.len(), lettres.len());
    assert!(debuts.iter().all(|rang| rang % 2 == 0), "{debuts:?}");
    assert_eq!(pages[1], "", "un verso sans texte reste blanc");
}

#[test]
fn une_grande_liasse_s_assemble_par_tranches_sans_rien_perdre() {
    use hayro_write::hayro_syntax::Pdf as PdfLu;

    let modeles = Modeles::integres();
    let lettres = exemples::toutes();
    for tranche in [1, 2, 4] {
        let liasse = fusionner_par(tranche, &modeles, &lettres).expect("la liasse s'assemble");
        assert!(liasse == fusionner_par(tranche, &modeles, &lettres).expect("et de même"));
        let lue = PdfLu::new(liasse).expect("la liasse se relit");
        // Toutes tiennent sur une feuille : un recto, un verso.
        assert_eq!(lue.pages().len(), 2 * lettres.len(), "tranches de {tranche}");
    }
}

#[test]
fn une_liasse_vide_est_un_fichier_vide_de_pages() {
    assert!(fusionner(&Modeles::integres(), &[]).is_ok());
}

/// Ce qu'un fichier reçu peut contenir.
#[rustfmt::skip]
const HOSTILES: [&str; 14] = [
    "", " ", "#read(\"/etc/passwd\")", "*gras* _italique_ @ref <etiquette> = titre", "$ x^2 $ `code`",
    "\"); #panic(\"touché\") // ", "</p><script>alert(1)</script>&amp;", "=HYPERLINK(\"http://x\")",
    "\u{202E}علي بن أبي طالب", "שלום עולם", "👨‍👩‍👧‍👦 🙂 \u{10FFFF}\u{E000}\u{FFFE}", "\0\u{7}\r\n\t\u{85}\u{2028}fin",
    "Z\u{300}\u{301}\u{302}\u{303}\u{304}a\u{336}lg\u{489}o", "Đặng Þórður Łukasz Ψυχή Щука",
];

/// Remplace chaque texte reçu, à tous les niveaux ; les clés qui aiguillent restent.
fn remplacer(valeur: &mut Value, par: &str) {
    match valeur {
        Value::String(texte) => *texte = par.to_owned(),
        Value::Array(valeurs) => valeurs.iter_mut().for_each(|v| remplacer(v, par)),
        Value::Object(champs) => champs
            .iter_mut()
            .filter(|(cle, _)| !["modele", "nature", "public"].contains(&cle.as_str()))
            .for_each(|(_, v)| remplacer(v, par)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn composer_avec(lettre: &Lettre, texte: &str) -> Result<(Vec<u8>, usize), EchecLettre> {
    let noms = [lettre.modele()].into();
    let mut valeur = donnees(lettre);
    remplacer(&mut valeur, texte);
    // Comme `Lettre::objet`, qui n'est jamais vide.
    valeur["objet"] = format!("Objet : {texte}").into();
    let options = options(std::slice::from_ref(lettre));
    composer_donnees(&Modeles::integres(), &noms, json!([valeur]), &options)
}

#[test]
fn un_texte_recu_n_est_jamais_execute_et_n_empeche_jamais_la_lettre() {
    for lettre in exemples::toutes() {
        for texte in HOSTILES {
            let rendue = composer_avec(&lettre, texte);
            assert!(rendue.is_ok(), "{texte:?}, {} : {:?}", lettre.modele(), rendue.err());
        }
    }
}

#[test]
fn un_nom_balise_s_imprime_tel_qu_il_est_ecrit() {
    let mut lettre = exemples::intervention_maire();
    lettre.menage = "#panic(\"a\") *M.* <b>$x$</b>".to_owned();
    let lu = lue(&Lettre::InterventionMaire(lettre.clone()));
    assert!(lu.contains(&serre(&lettre.menage)));
}

#[test]
fn un_nom_demesure_ne_fait_que_des_pages_de_plus() {
    let lettre = Lettre::InterventionLocataire(exemples::intervention_locataire());
    for texte in ["x".repeat(100_000), "mot ".repeat(25_000)] {
        let (_, pages) = composer_avec(&lettre, &texte).expect("la lettre se compose");
        assert!(pages > 1);
    }
}

#[test]
fn chaque_caractere_de_la_police_s_imprime() {
    let connus: Vec<char> = POLICES[0].info().coverage.iter().filter_map(char::from_u32).collect();
    assert!(connus.len() > 2_000);
    let lettre = Lettre::InterventionMaire(exemples::intervention_maire());
    for lot in connus.chunks(400) {
        let texte: String = lot.iter().flat_map(|c| ['a', *c, ' ']).collect();
        let rendue = composer_avec(&lettre, &texte);
        assert!(rendue.is_ok(), "{:?}", rendue.err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn aucun_texte_n_empeche_une_lettre(texte in any::<String>(), rang in 0_usize..13) {
        let lettre = &exemples::toutes()[rang];
        let rendue = composer_avec(lettre, &texte);
        prop_assert!(rendue.is_ok(), "{:?}", rendue.err());
    }
}

const MAIRE: &str = "intervention_maire";

fn avec(source: &str) -> Result<Modeles, Vec<ModeleRefuse>> {
    Modeles::avec_surcharges(&[Surcharge { nom: MAIRE, version: "62-v1", source }])
}

fn rendue_avec(source: &str) -> Result<Pdf, EchecLettre> {
    let modeles = avec(source).expect("le modèle se lit");
    rendre(&modeles, &Lettre::InterventionMaire(exemples::intervention_maire()))
}

#[test]
fn un_profil_remplace_un_modele_et_sa_version_est_rendue() {
    let source = "#import \"/modeles/cadre.typ\": *\n#let lettre(d) = [Bonjour #d.menage. #aides-a-relayer(d.aide)]";
    let pdf = rendue_avec(source).expect("le modèle se compose");
    assert_eq!((pdf.modele, pdf.version.as_str()), (MAIRE, "62-v1"));
}

#[test]
fn un_modele_de_profil_en_defaut_est_dit_et_jamais_remplace() {
    #[rustfmt::skip]
    let cas = [
        // libellé                    source                                                        ligne
        ("un champ qui n'existe pas", "#let lettre(d) = [\n  Bonjour\n  #d.revenus\n]",                 3),
        ("un mot inconnu",            "#let lettre(d) = [\n#inconnu\n]",                                2),
        ("une boucle sans fin",       "#let lettre(d) = {\n\n while true { let x = 1 } }",              3),
        ("une récursion sans fin",    "#let f() = f()\n#let lettre(d) = f()",                           1),
        ("un fichier du disque",      "#let lettre(d) = [\n#read(\"/etc/passwd\")]",                    2),
        ("une image",                 "\n#let lettre(d) = image(\"logo.png\")",                         2),
        ("un paquet du réseau",       "#import \"@preview/cetz:0.3.0\"\n#let lettre(d) = []",           1),
        ("l'heure",                   "#let lettre(d) = datetime.today().display()",                    1),
    ];
    for (libelle, source, attendue) in cas {
        match rendue_avec(source) {
            Err(EchecLettre::Modele { nom, version, ligne, .. }) => {
                assert_eq!(
                    (nom.as_str(), version.as_str(), ligne),
                    (MAIRE, "62-v1", attendue),
                    "{libelle}"
                );
            }
            autre => panic!("{libelle} : {:?}", autre.err()),
        }
    }
}

#[test]
fn un_modele_sans_lettre_dit_ce_qui_lui_manque() {
    let echec = rendue_avec("Bonjour").err().expect("le modèle est refusé");
    assert!(echec.to_string().contains("#let lettre(d)"), "{echec}");
}

#[test]
fn un_modele_illisible_est_refuse_a_sa_ligne() {
    let defauts = avec("#let lettre(d) = [\n  #(1 +\n]").expect_err("le modèle est refusé");
    match defauts.as_slice() {
        [ModeleRefuse::Illisible { nom, version, ligne, .. }] => {
            assert_eq!((nom.as_str(), version.as_str(), *ligne), (MAIRE, "62-v1", 2));
        }
        autre => panic!("{autre:?}"),
    }
}

#[test]
fn un_profil_apprend_tous_ses_defauts_a_la_fois() {
    let source = "#let lettre(d) = []";
    let defauts = Modeles::avec_surcharges(&[
        Surcharge { nom: "inconnue", version: "62-v1", source },
        Surcharge { nom: MAIRE, version: "v1", source },
        Surcharge { nom: "relance", version: "", source },
        Surcharge { nom: "relance", version: "62-v1", source },
    ])
    .expect_err("quatre défauts");
    assert!(matches!(
        defauts.as_slice(),
        [
            ModeleRefuse::NomInconnu { .. },
            ModeleRefuse::VersionInvalide { .. },
            ModeleRefuse::VersionInvalide { .. },
            ModeleRefuse::DonneDeuxFois { .. }
        ]
    ));
}

#[test]
fn l_echec_d_une_lettre_n_arrete_pas_les_autres() {
    let modeles = avec("#let lettre(d) = d.absent").expect("le modèle se lit");
    let lettres = exemples::toutes();
    let rendues = rendre_tout(&modeles, &lettres);
    for (lettre, rendue) in lettres.iter().zip(&rendues) {
        assert_eq!(rendue.is_err(), lettre.modele() == MAIRE, "{}", lettre.modele());
    }
    assert!(fusionner(&modeles, &lettres).is_err(), "une liasse incomplète ne s'imprime pas");
}

#[test]
fn chaque_imprime_est_un_pdf_accessible_et_archivable() {
    for imprime in exemples::imprimes::imprimes() {
        let pdf = imprimer(&Modeles::integres(), &imprime).unwrap_or_else(|e| panic!("{e}"));
        let octets = String::from_utf8_lossy(&pdf.octets);
        for norme in ["<pdfuaid:part>1<", "<pdfaid:part>2<", "<pdfaid:conformance>A<"] {
            assert!(octets.contains(norme), "{norme} manque dans {}", pdf.modele);
        }
        let seconde = imprimer(&Modeles::integres(), &imprime);
        assert!(Ok(pdf) == seconde, "{} change d'une fois à l'autre", imprime.modele());
    }
}

#[test]
fn chaque_imprime_dit_l_essentiel_et_rien_de_trop() {
    #[rustfmt::skip]
    let attendus: [(&str, &[&str], &[&str]); 6] = [
        ("chronologie",      &["29 juin 2026", "six semaines", "calculé par la loi", "Irrégularité", "Trêve hivernale", "31 mars 2027"], &["€"]),
        ("decision_aide",    &["aide au logement est suspendue", "premier jour du mois", "1er juillet 2027", "L. 824-2", "trois rendez-vous", "L. 311-3-1", "par des personnes", "organisme payeur"], &["€"]),
        ("decision_cfp",     &["ne vaut décision qu’une fois signé", "refusé", "R. 153-1", "enfant scolarisé", "manque", "IRRÉGULIER", "à vérifier", "tribunal administratif"], &["est accordé pour"]),
        ("diagnostic",       &["reçoivent tous deux", "art. 24, III", "5 novembre 2026", "acte n° 14", "9 novembre 2026", "Perte d’un emploi", "Non renseigné", "arrêté du 23 août 2022"], &["à compléter", "postérieur"]),
        ("donnees_menage",   &["BRUNEAU", "SCI des Tilleuls", "le ménage a rappelé", "au locataire", "Sous-commission d’Arras", "art. 15", "CNIL"], &["Personne."]),
        ("feuille_de_route", &["Beaurains", "06 39 98 44 55", "17 novembre 2026", "porte close", "téléphone : inconnu", "confidentiel"], &["€", "dette", "impayé", "loyer", "enfant"]),
    ];
    for (imprime, (modele, dits, tus)) in exemples::imprimes::imprimes().iter().zip(attendus) {
        assert_eq!(imprime.modele(), modele);
        let lu = pages_de_l_imprime(imprime).concat().to_lowercase();
        for mot in dits {
            assert!(lu.contains(&serre(&mot.to_lowercase())), "« {mot} » manque dans {modele}");
        }
        for mot in tus {
            assert!(!lu.contains(&serre(&mot.to_lowercase())), "« {mot} » se lit dans {modele}");
        }
    }
}

#[test]
fn un_diagnostic_incomplet_se_dit_projet_et_liste_ce_qui_manque() {
    let mut diagnostic = exemples::imprimes::diagnostic();
    diagnostic.manques = vec!["Il manque « Causes de l’impayé ».".to_owned()];
    diagnostic.envoi.transmis_le = None;
    let lu = pages_de_l_imprime(&Imprime::Diagnostic(diagnostic)).concat();
    for mot in
        ["projet, à compléter", "Il manque « Causes de l’impayé »", "n’est pas encore transmis"]
    {
        assert!(lu.contains(&serre(mot)), "{mot}");
    }
}

#[test]
fn un_diagnostic_tardif_le_dit() {
    let mut diagnostic = exemples::imprimes::diagnostic();
    diagnostic.envoi.tardif = true;
    let lu = pages_de_l_imprime(&Imprime::Diagnostic(diagnostic)).concat();
    assert!(lu.contains(&serre("postérieur au dernier jour utile")));
}

#[test]
fn un_long_paragraphe_du_diagnostic_s_imprime_en_entier() {
    let mut diagnostic = exemples::imprimes::diagnostic();
    let texte = (0..3_000).map(|n| format!("mot{n} ")).collect::<String>();
    diagnostic.rubriques[2].champs[2].valeur = texte;
    let lu = pages_de_l_imprime(&Imprime::Diagnostic(diagnostic)).concat();
    for mot in ["mot0", "mot1500", "mot2999"] {
        assert!(lu.contains(mot), "{mot}");
    }
}

#[test]
fn un_accord_de_concours_dit_depuis_quand() {
    let mut decision = exemples::imprimes::decision_cfp();
    decision.sens = crate::imprime::decision_cfp::Sens::Accord {
        a_compter_du: Some("1er avril 2027".to_owned()),
    };
    let lu = pages_de_l_imprime(&Imprime::DecisionCfp(decision)).concat();
    assert!(lu.contains(&serre("est accordé pour l’exécution")));
    assert!(lu.contains(&serre("à compter du 1er avril 2027")));
    assert!(!lu.contains(&serre("est refusé")));
}

#[test]
fn aucun_texte_recu_n_empeche_un_imprime() {
    for imprime in exemples::imprimes::imprimes() {
        for texte in HOSTILES {
            let mut valeur = imprime.donnees();
            remplacer(&mut valeur, texte);
            valeur["titre"] = format!("Titre : {texte}").into();
            let rendue = composer_source(
                &Modeles::integres(),
                imprime.modele(),
                feuillet(imprime.modele()),
                valeur,
                &options_d_imprime(&imprime),
            );
            assert!(rendue.is_ok(), "{texte:?}, {} : {:?}", imprime.modele(), rendue.err());
        }
    }
}
