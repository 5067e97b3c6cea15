//! L'examen d'une notice : une réponse, un lieu, un service, des dates, et leurs raisons.

use droit::calendrier::Territoire;
use droit::delai::Echeance;
use droit::jour::Jour;
use droit::regles::signalement::{Arriere, Eligibilite, eligibilite};
use droit::regles::signification;
use droit::reponse::Reponse;
use jiff::civil::Date;
use territoire::Commune;

use crate::notice::{BailleurType, Contenu, Nature, Notice};
use crate::profil::{Conditions, Profil};
use crate::signalement::fin_du_delai::{SansFin, fin_du_delai};
use crate::signalement::statut::{Statut, champ_en_mots, motif_du_seuil};

/// Ce que la commission répond à une notice, le jour où elle la reçoit.
#[derive(Clone, Debug)]
pub struct Examen {
    /// La réponse.
    pub statut: Statut,
    /// Son motif : un seuil, un champ, une raison.
    pub motif: Option<&'static str>,
    /// Ce qui y conduit, dans l'ordre où un lecteur le vérifierait.
    pub explication: Vec<String>,
    /// La commune du logement, quand elle est connue.
    pub commune: Option<&'static Commune>,
    /// La sous-commission du logement, dans le département.
    pub sous_commission: Option<String>,
    /// Le service en charge ; `None` quand aucun dossier n'est ouvert.
    pub service: Option<String>,
    /// Le service n'est que celui par défaut : une question peut le changer.
    pub service_provisoire: bool,
    /// Fin du délai d'un commandement de payer.
    pub fin_delai: Option<Echeance>,
    /// Les champs qui manquent, y compris ceux qui ne bloquent rien.
    pub a_completer: Vec<&'static str>,
    /// L'acte est plus ancien que la limite du profil : la situation est à confirmer d'abord.
    pub trop_ancien: bool,
}

/// Ce qu'on sait déjà du dossier que la notice rejoint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Contexte {
    /// Un acte de la procédure judiciaire y figure déjà.
    pub en_procedure: bool,
    /// Un service y est déjà désigné par la table de répartition.
    pub reparti: bool,
    /// Une notice antérieure a dit s'il y a des enfants.
    pub enfants: Option<bool>,
    /// Une notice antérieure a dit s'il y a une aide au logement.
    pub aide_logement: Option<bool>,
}

impl Examen {
    /// Un dossier s'ouvre, ou se rejoint, dès que le logement est dans le département et que le
    /// ménage est nommé — quelle que soit la réponse.
    #[must_use]
    pub fn ouvre_un_dossier(&self) -> bool {
        self.service.is_some()
    }
}

/// Examine une notice reçue ce jour-là.
///
/// La date de l'acte et la commune choisissent les seuils ; le jour de réception choisit la table
/// de répartition. Ce qui manque devient une question, jamais un « non ».
#[must_use]
pub fn examiner(
    nature: Nature,
    contenu: &Contenu,
    nomme: bool,
    profil: &Profil,
    recue_le: Date,
    contexte: Contexte,
) -> Examen {
    let commune = contenu.commune.as_deref().and_then(territoire::commune);
    let sous_commission = commune.and_then(|c| profil.sous_commission(c)).map(|s| s.code.clone());
    let mut examen = Examen {
        statut: Statut::Recu,
        motif: None,
        explication: Vec::new(),
        commune,
        sous_commission,
        service: None,
        service_provisoire: false,
        fin_delai: None,
        a_completer: Vec::new(),
        trop_ancien: false,
    };
    examen.juge(nature, contenu, nomme, profil, recue_le);
    if examen.sous_commission.is_some() && nomme {
        examen.date(nature, contenu);
        examen.confie(nature, contenu, profil, recue_le, contexte);
        examen.trop_ancien =
            contenu.date.is_some_and(|date| profil.est_trop_ancien(date, recue_le));
        if examen.trop_ancien {
            examen.explication.push(format!(
                "acte de plus de {} mois le jour de sa réception : aucune lettre n'est préparée, la situation du ménage est d'abord à confirmer (choix du profil)",
                profil.anciennete_maximale_mois()
            ));
        }
    }
    examen
}

/// Examine une notice entière.
#[must_use]
pub fn examiner_notice(
    notice: &Notice,
    profil: &Profil,
    recue_le: Date,
    contexte: Contexte,
) -> Examen {
    examiner(notice.nature, &notice.contenu, est_nommee(notice), profil, recue_le, contexte)
}

/// Le ménage est-il nommé ?
#[must_use]
pub fn est_nommee(notice: &Notice) -> bool {
    !notice.identite.nom.trim().is_empty()
}

impl Examen {
    fn repond(&mut self, statut: Statut, motif: &'static str, raison: impl Into<String>) {
        self.statut = statut;
        self.motif = Some(motif);
        self.explication.push(raison.into());
    }

    fn manque(&mut self, champ: &'static str) {
        if !self.a_completer.contains(&champ) {
            self.a_completer.push(champ);
        }
    }

    /// La réponse : la première raison qui s'applique, dans l'ordre du contrat.
    fn juge(
        &mut self,
        nature: Nature,
        contenu: &Contenu,
        nomme: bool,
        profil: &Profil,
        recue_le: Date,
    ) {
        if self.manque_l_essentiel(nature, contenu, nomme)
            || self.hors_champ(nature, contenu, profil)
            || self.date_impossible(nature, contenu, recue_le)
        {
            return;
        }
        if nature == Nature::Cdp {
            self.teste_les_seuils(contenu, profil);
        } else {
            self.explication.push(format!(
                "{} : cette nature de notice ne se compare pas à des seuils, elle est reçue telle quelle",
                nature.libelle().to_lowercase()
            ));
        }
    }

    fn manque_l_essentiel(&mut self, nature: Nature, contenu: &Contenu, nomme: bool) -> bool {
        let champ_date = nature.champ_date();
        let mut manques: Vec<(&'static str, String)> = Vec::new();
        let raison = |champ: &str| match contenu.illisible(champ) {
            Some(illisible) => format!("{} : {}", champ_en_mots(champ), illisible.pourquoi),
            None => format!("{} : la notice ne la donne pas", champ_en_mots(champ)),
        };
        if let Some(illisible) = contenu.illisible("nature") {
            manques.push(("nature", illisible.pourquoi.clone()));
        }
        if !nomme {
            manques
                .push(("locataire_nom", "nom du locataire : la notice ne le donne pas".to_owned()));
        }
        if self.commune.is_none() {
            let pourquoi = contenu.commune_en_doute.clone().unwrap_or_else(|| raison("commune"));
            manques.push(("commune", pourquoi));
        }
        if contenu.date.is_none() {
            manques.push((champ_date, raison(champ_date)));
        }
        let Some((motif, _)) = manques.first() else { return false };
        self.statut = Statut::Incomplet;
        self.motif = Some(motif);
        for (champ, pourquoi) in manques {
            self.manque(champ);
            self.explication.push(pourquoi);
        }
        true
    }

    fn hors_champ(&mut self, nature: Nature, contenu: &Contenu, profil: &Profil) -> bool {
        if let (Some(commune), None) = (self.commune, &self.sous_commission) {
            let ou = territoire::departement(commune.departement).map_or_else(
                || commune.departement.to_owned(),
                |d| format!("{} ({})", d.nom, d.code),
            );
            self.repond(
                Statut::HorsChamp,
                "hors_departement",
                format!(
                    "{} est dans le département {ou} : adressez cette notice à la commission (CCAPEX) de ce département, elle n'est pas suivie ici",
                    commune.nom
                ),
            );
            return true;
        }
        if contenu.occupation.as_deref() == Some("proprietaire") {
            self.repond(
                Statut::HorsChamp,
                "proprietaire_occupant",
                "la commission ne traite pas la situation des propriétaires ni des accédants à la propriété (règlement intérieur, 2) : orientez le ménage vers l'ADIL ou la commission de surendettement",
            );
            return true;
        }
        if nature == Nature::Cdp
            && matches!(
                contenu.bailleur_type,
                BailleurType::PersonneMorale | BailleurType::BailleurSocial
            )
        {
            self.repond(
                Statut::HorsChamp,
                "bailleur_personne_morale",
                "le signalement du commandement ne concerne que les bailleurs personnes physiques et les SCI familiales (loi n° 89-462, art. 24, I) : un bailleur personne morale saisit lui-même la commission avant d'assigner (art. 24, II) ; le ménage reste suivi",
            );
            return true;
        }
        let fondement = match (contenu.motif.as_deref(), contenu.occupation.as_deref()) {
            (Some(motif), _) => motif,
            (None, Some("sans_titre")) => "sans_titre",
            (None, _) => "impaye",
        };
        if !profil.accepte_le_fondement(fondement) {
            self.repond(
                Statut::HorsChamp,
                "hors_impaye",
                "le règlement intérieur de la commission ne vise que les procédures liées à des impayés : orientez le ménage vers l'ADIL et le service social de secteur ; le dossier est gardé",
            );
            return true;
        }
        false
    }

    fn date_impossible(&mut self, nature: Nature, contenu: &Contenu, recue_le: Date) -> bool {
        let Some(date) = contenu.date else { return false };
        let champ = nature.champ_date();
        if nature == Nature::Cdp {
            let territoire = Territoire::de_commune(contenu.commune.as_deref().unwrap_or_default());
            if let Some(interdit) = signification::jour_interdit(date, territoire) {
                self.manque(champ);
                self.repond(
                    Statut::Incomplet,
                    "signification_jour_interdit",
                    format!("{interdit} : date exacte de l'acte, ou autorisation du juge ?"),
                );
                return true;
            }
        }
        if date > recue_le {
            self.manque(champ);
            self.repond(
                Statut::Incomplet,
                "date_future",
                format!(
                    "acte daté du {}, après sa réception le {} : quelle est sa date ?",
                    Jour(date),
                    Jour(recue_le)
                ),
            );
            return true;
        }
        if nature == Nature::Cdp
            && matches!(contenu.bailleur_type, BailleurType::Ambigu | BailleurType::Inconnu)
        {
            self.manque("bailleur_type");
            let raison = if contenu.bailleur_type == BailleurType::Ambigu {
                "« SCI » ne dit pas si la société n'unit que des parents et alliés jusqu'au quatrième degré : la réponse décide de l'obligation de signaler (loi n° 89-462, art. 24, I)"
            } else {
                "la qualité du bailleur n'est pas donnée : elle décide de l'obligation de signaler (loi n° 89-462, art. 24, I)"
            };
            self.repond(Statut::Incomplet, "bailleur_type", raison);
            return true;
        }
        false
    }

    fn teste_les_seuils(&mut self, contenu: &Contenu, profil: &Profil) {
        let (Some(commune), Some(signifie_le)) = (self.commune, contenu.date) else { return };
        let seuils = match profil.seuils(signifie_le, commune) {
            Ok(seuils) => seuils,
            Err(inconnus) => {
                self.repond(Statut::Incomplet, "seuils_inconnus", inconnus.to_string());
                return;
            }
        };
        let conclusion = eligibilite(
            &Arriere {
                impaye_depuis: contenu.impaye_depuis,
                signifie_le,
                dette: contenu.montant_dette,
                loyer_hors_charges: contenu.loyer_hors_charges,
            },
            &seuils,
        );
        self.explication.extend(conclusion.motifs.iter().map(ToString::to_string));
        match conclusion.valeur {
            Eligibilite::Eligible(seuil) => {
                self.statut = Statut::Eligible;
                self.motif = Some(motif_du_seuil(seuil));
            }
            Eligibilite::NonEligible => {
                self.statut = Statut::NonEligible;
                self.motif = Some("seuils_non_atteints");
            }
            Eligibilite::Incomplet(champs) => {
                self.statut = Statut::Incomplet;
                self.motif = champs.first().copied();
                for champ in champs {
                    self.manque(champ);
                }
            }
        }
    }

    /// Fin du délai du commandement, ou la question qui la donnerait.
    fn date(&mut self, nature: Nature, contenu: &Contenu) {
        if nature != Nature::Cdp
            || self.motif == Some("date_future")
            || self.motif == Some("signification_jour_interdit")
        {
            return;
        }
        match fin_du_delai(nature, contenu) {
            Ok(fin) => {
                self.explication.extend(fin.motifs.iter().map(ToString::to_string));
                self.fin_delai = Some(fin.valeur);
            }
            Err(SansFin::Champ(champ)) => self.manque(champ),
            Err(SansFin::HorsLoi89) => {
                self.manque("regime");
                self.explication.push(
                    "location hors de la loi du 6 juillet 1989 : régime à préciser, aucun délai n'est calculé".to_owned(),
                );
            }
            Err(SansFin::SansVersion(raison)) => self.explication.push(raison),
        }
    }

    /// Le service en charge : la table du profil, ou le secrétariat.
    fn confie(
        &mut self,
        nature: Nature,
        contenu: &Contenu,
        profil: &Profil,
        recue_le: Date,
        contexte: Contexte,
    ) {
        let par_la_table = self.statut == Statut::Eligible
            || self.motif == Some("bailleur_personne_morale")
            || nature.est_judiciaire()
            || contexte.en_procedure
            || contexte.reparti;
        if !par_la_table {
            self.service = Some("secretariat".to_owned());
            return;
        }
        let conditions = Conditions {
            en_procedure: Reponse::from(nature.est_judiciaire() || contexte.en_procedure),
            enfants: Reponse::from(contenu.nombre_enfants.map(|n| n > 0).or(contexte.enfants)),
            aide_logement: Reponse::from(contenu.aide_logement.or(contexte.aide_logement)),
        };
        let repartie = profil.repartir(&conditions, recue_le);
        self.explication.extend(repartie.motifs);
        for question in repartie.questions {
            self.manque(question);
        }
        self.service_provisoire = repartie.provisoire;
        self.service = Some(repartie.service);
    }
}
