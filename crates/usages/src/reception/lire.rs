//! D'une ligne de tableau à une notice : chaque champ à sa place, l'identité d'un côté, le reste de l'autre.

use ccapex::notice::{BailleurType, Contenu, Identite, Illisible, Nature, Notice};
use droit::montant::Montant;
use jiff::civil::Date;
use tableur::champ::Champ;
use tableur::lecture::Ligne;
use tableur::valeur::Valeur;
use territoire::Commune;
use territoire::recherche::{Trouvaille, trouver};

use crate::reception::vraisemblance::vraisemblable;

/// Les voies d'un acte et les destinataires d'une aide qui ne sont le nom de personne.
const MOTS_SANS_PERSONNE: [&str; 9] = [
    "exploc",
    "electronique",
    "si",
    "courriel",
    "courrier",
    "main",
    "api",
    "bailleur",
    "locataire",
];

/// La notice qu'une ligne porte.
///
/// `emetteur` est celui du dépôt : il sert quand la ligne ne nomme pas d'étude, et l'emporte quand
/// le déposant ne peut déposer qu'en son nom.
pub(crate) fn notice(ligne: &Ligne, emetteur: &Emetteur<'_>, departement: &str) -> Notice {
    let mut lecture = Lecture::default();
    let nature = ligne.nature.and_then(|n| Nature::de_code(n.nom())).unwrap_or_else(|| {
        lecture.illisible(Champ::Nature, "", "la ligne ne dit pas de quel acte il s'agit");
        Nature::Alerte
    });
    for (champ, valeur) in &ligne.champs {
        lecture.range(*champ, &vraisemblable(*champ, valeur.clone()), nature);
    }
    lecture.notice(nature, emetteur, departement)
}

/// Qui envoie.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Emetteur<'a> {
    /// Le déposant ne dépose qu'en son nom, quoi que dise la ligne.
    Impose(&'a str),
    /// La ligne le dit ; à défaut, le nom du déposant.
    DitParLaLigne(&'a str),
}

/// Les champs rangés à mesure qu'on les lit.
#[derive(Default)]
pub(crate) struct Lecture {
    reference: Option<String>,
    etude: Option<String>,
    pub(crate) contenu: Contenu,
    pub(crate) identite: Identite,
}

impl Lecture {
    /// Ce qui a déjà été lu d'une notice, à compléter.
    pub(crate) fn reprise(contenu: Contenu, identite: Identite) -> Self {
        Self { contenu, identite, ..Self::default() }
    }

    pub(crate) fn range(&mut self, champ: Champ, valeur: &Valeur, nature: Nature) {
        if let Valeur::Illisible { brut, pourquoi } = valeur {
            self.illisible(champ, brut, pourquoi);
            return;
        }
        let contenu = &mut self.contenu;
        match champ {
            Champ::ReferenceActe => self.reference = Some(texte(valeur)),
            Champ::Etude => self.etude = Some(texte(valeur)),
            Champ::LocataireNom => self.identite.nom = texte(valeur),
            Champ::LocatairePrenom => self.identite.prenom = texte(valeur),
            Champ::LocataireDateNaissance => self.identite.naissance = date(valeur),
            Champ::Telephone => self.identite.telephone = texte(valeur),
            Champ::Courriel => self.identite.courriel = texte(valeur),
            Champ::LogementAdresse => self.identite.adresse = texte(valeur),
            Champ::CodePostal => self.identite.code_postal = texte(valeur),
            Champ::Commune => self.identite.commune = texte(valeur),
            Champ::BailleurNom => self.identite.bailleur_nom = texte(valeur),
            Champ::BailleurAdresse => self.identite.bailleur_adresse = texte(valeur),
            // Un texte libre peut nommer quelqu'un : il va au coffre.
            Champ::Contenu
            | Champ::Destinataires
            | Champ::Dossier
            | Champ::Tribunal
            | Champ::ReferenceExploc
            | Champ::Code => {
                self.identite.textes.insert(champ.nom().to_owned(), texte(valeur));
            }
            // La voie d'un acte décide de son effet ; un mot inconnu peut nommer quelqu'un.
            Champ::Canal | Champ::AideVerseeA => {
                let mot = texte(valeur);
                if MOTS_SANS_PERSONNE.contains(&mot.as_str()) {
                    contenu.autres.insert(champ.nom().to_owned(), mot.into());
                } else {
                    self.identite.textes.insert(champ.nom().to_owned(), mot);
                }
            }
            Champ::DateSignification | Champ::DateAssignation | Champ::Date => {
                // Le champ propre à la nature l'emporte sur une colonne « date » de rencontre.
                if champ.nom() == nature.champ_date() || contenu.date.is_none() {
                    contenu.date = date(valeur);
                }
            }
            Champ::BailleurType => contenu.bailleur_type = BailleurType::de_code(&texte(valeur)),
            Champ::DateBail => contenu.date_bail = date(valeur),
            Champ::BailReconduitLe => contenu.bail_reconduit_le = date(valeur),
            Champ::Regime => contenu.regime = Some(texte(valeur)),
            Champ::Occupation => contenu.occupation = Some(texte(valeur)),
            Champ::LoyerHorsCharges => contenu.loyer_hors_charges = montant(valeur),
            Champ::Charges => contenu.charges = montant(valeur),
            Champ::MontantDette | Champ::Dette => contenu.montant_dette = montant(valeur),
            Champ::ImpayeDepuis => contenu.impaye_depuis = date(valeur),
            Champ::AideLogement => contenu.aide_logement = oui_non(valeur),
            Champ::NombreAdultes => contenu.nombre_adultes = entier(valeur),
            Champ::NombreEnfants => contenu.nombre_enfants = entier(valeur),
            Champ::DateNotificationPrefet => contenu.date_notification_prefet = date(valeur),
            Champ::DateAudience => contenu.date_audience = date(valeur),
            Champ::Motif => contenu.motif = Some(texte(valeur)),
            Champ::Nature => {}
            Champ::Origine
            | Champ::Issue
            | Champ::DelaisMois
            | Champ::DelaiDepartMois
            | Champ::LoyerRepris
            | Champ::ParDefaut
            | Champ::DateEffet
            | Champ::JusquAu
            | Champ::EffetAu => {
                contenu.autres.insert(champ.nom().to_owned(), json(valeur));
            }
        }
    }

    fn illisible(&mut self, champ: Champ, brut: &str, pourquoi: &str) {
        self.identite.bruts.insert(champ.nom().to_owned(), brut.to_owned());
        self.contenu
            .illisibles
            .push(Illisible { champ: champ.nom().to_owned(), pourquoi: pourquoi.to_owned() });
    }

    pub(crate) fn notice(
        mut self,
        nature: Nature,
        emetteur: &Emetteur<'_>,
        departement: &str,
    ) -> Notice {
        situe(&mut self.contenu, &self.identite, departement);
        let emetteur = match (emetteur, self.etude.filter(|etude| !etude.trim().is_empty())) {
            (Emetteur::Impose(nom), _) | (Emetteur::DitParLaLigne(nom), None) => (*nom).to_owned(),
            (Emetteur::DitParLaLigne(_), Some(etude)) => etude,
        };
        self.identite.emetteur.clone_from(&emetteur);
        let reference = self.reference.map(|r| r.trim().to_owned()).filter(|r| !r.is_empty());
        Notice { nature, reference, emetteur, contenu: self.contenu, identite: self.identite }
    }
}

/// Cherche la commune du logement, et dit pourquoi quand elle reste en doute.
pub(crate) fn situe(contenu: &mut Contenu, identite: &Identite, departement: &str) {
    let code_postal = (!identite.code_postal.is_empty()).then_some(identite.code_postal.as_str());
    contenu.commune = None;
    contenu.commune_en_doute = None;
    match trouver(&identite.commune, code_postal, Some(departement)) {
        Trouvaille::Commune { commune, .. } => contenu.commune = Some(commune.code.to_owned()),
        Trouvaille::Ambigue(possibles) => {
            // Une personne connaît le code postal, et prendrait un code officiel pour lui.
            let dite = |c: &&Commune| format!("{} ({})", c.nom, c.codes_postaux.join(", "));
            let noms: Vec<String> = possibles.iter().take(5).map(dite).collect();
            contenu.commune_en_doute =
                Some(format!("commune : plusieurs communes sont possibles, {}", noms.join(", ")));
        }
        Trouvaille::Inconnue { proches } => {
            let noms: Vec<&str> = proches.iter().take(3).map(|c| c.nom).collect();
            contenu.commune_en_doute = Some(
                match (identite.commune.trim().is_empty(), noms.is_empty()) {
                    (true, _) => "commune : la notice ne la donne pas".to_owned(),
                    (false, true) => "commune : ce nom ne correspond à aucune commune".to_owned(),
                    (false, false) => {
                        format!(
                            "commune : ce nom ne correspond à aucune commune ; les plus proches sont {}",
                            noms.join(", ")
                        )
                    }
                },
            );
        }
    }
}

fn texte(valeur: &Valeur) -> String {
    match valeur {
        Valeur::Texte(texte) => texte.trim().to_owned(),
        Valeur::Date(date) => date.to_string(),
        Valeur::Montant(centimes) => Montant::centimes(*centimes).to_string(),
        Valeur::Entier(entier) => entier.to_string(),
        Valeur::OuiNon(oui) => if *oui { "oui" } else { "non" }.to_owned(),
        Valeur::Illisible { brut, .. } => brut.clone(),
    }
}

fn json(valeur: &Valeur) -> serde_json::Value {
    match valeur {
        Valeur::Montant(centimes) => (*centimes).into(),
        Valeur::Entier(entier) => (*entier).into(),
        Valeur::OuiNon(oui) => (*oui).into(),
        Valeur::Texte(_) | Valeur::Date(_) | Valeur::Illisible { .. } => texte(valeur).into(),
    }
}

fn date(valeur: &Valeur) -> Option<Date> {
    if let Valeur::Date(date) = valeur { Some(*date) } else { None }
}

fn montant(valeur: &Valeur) -> Option<Montant> {
    if let Valeur::Montant(centimes) = valeur { Some(Montant::centimes(*centimes)) } else { None }
}

fn oui_non(valeur: &Valeur) -> Option<bool> {
    if let Valeur::OuiNon(oui) = valeur { Some(*oui) } else { None }
}

fn entier(valeur: &Valeur) -> Option<u16> {
    if let Valeur::Entier(entier) = valeur { u16::try_from(*entier).ok() } else { None }
}
