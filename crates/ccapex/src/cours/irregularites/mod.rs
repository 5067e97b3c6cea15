//! Les irrégularités des faits d'un dossier : dites, expliquées, jamais opposées.
//!
//! Chaque fait est jugé d'après ce qui était arrivé avant lui, dans l'ordre des dates. Une règle ne
//! juge que les faits de la période qu'elle régit. Un fait à venir est jugé lui aussi : une expulsion
//! annoncée un dimanche se dit avant le dimanche.

mod accompagnement;
mod execution;
mod justice;

use std::collections::BTreeMap;

use droit::calendrier::{Calendrier, Territoire};
use jiff::civil::{Date, Weekday, date};

use crate::acte::Quoi;
use crate::acte::codes::{Avancee, IssueDeCfp};
use crate::cours::Cours;
use crate::cours::fil::{Arrive, Point, points, sans_voie_electronique};
use crate::cours::horloge::Horloge;
use crate::cours::loi::echeance;
use crate::dossier::{Dossier, Suivie};
use crate::notice::{BailleurType, Contenu, Nature};
use crate::profil::Profil;
use crate::signalement::anomalies::{Anomalie, anomalies};

/// Les irrégularités de tous les faits du dossier, par identifiant de fait.
///
/// `cours` est celui de ce dossier, ce jour-là.
#[must_use]
pub fn irregularites(
    dossier: &Dossier,
    cours: &Cours<'_>,
    profil: &Profil,
    horloge: &Horloge,
) -> BTreeMap<String, Vec<Anomalie>> {
    let mut trouvees: BTreeMap<String, Vec<Anomalie>> = BTreeMap::new();
    // Un fait à venir est jugé d'après les faits qui le précèdent : aucun n'est trop tard pour l'être.
    let points = points(dossier, &Horloge::au(Date::MAX));
    let mut avant = Avant::nouveau(dossier, &points);
    for point in &points {
        let (fait, anomalies) = match point.quoi {
            Arrive::Notice(notice) => (&notice.fait, avant.de_la_notice(notice)),
            Arrive::Acte(acte) => {
                (&acte.id, avant.de_l_acte(&acte.consigne.quoi, point.jour, cours, profil))
            }
        };
        if !anomalies.is_empty() {
            trouvees.entry(fait.clone()).or_default().extend(anomalies);
        }
        avant.retient(point);
    }
    for (fait, anomalie) in restes_sans_suite(&points, &avant.commune, horloge) {
        trouvees.entry(fait).or_default().push(anomalie);
    }
    trouvees
}

/// Les irrégularités d'un fait qu'on vient de consigner.
#[must_use]
pub fn irregularites_du_fait(
    fait: &str,
    dossier: &Dossier,
    cours: &Cours<'_>,
    profil: &Profil,
    horloge: &Horloge,
) -> Vec<Anomalie> {
    irregularites(dossier, cours, profil, horloge).remove(fait).unwrap_or_default()
}

/// Ce qu'on sait du dossier juste avant un fait.
struct Avant<'a> {
    /// Son cours, d'après les seuls faits qui précèdent.
    cours: Cours<'a>,
    /// La commune du logement, d'après n'importe quelle notice.
    commune: String,
    territoire: Territoire,
    bailleur: BailleurType,
    /// La première information de la commission par un organisme payeur.
    premiere_information_le: Option<Date>,
    /// Le dernier signalement d'impayé.
    impaye_signale_le: Option<Date>,
    /// La dernière demande de concours, même quand un protocole l'a rendue caduque.
    concours_demande_le: Option<Date>,
    accord_prend_effet_le: Option<Date>,
    pcs_denonce_le: Option<Date>,
    dette_effacee_le: Option<Date>,
    commandements: Vec<&'a Contenu>,
    /// Les dates de tous les actes de chaque nature, passés et à venir.
    jours: BTreeMap<Nature, Vec<Date>>,
}

impl<'a> Avant<'a> {
    fn nouveau(dossier: &'a Dossier, points: &[Point<'a>]) -> Self {
        let commune =
            dossier.en_vigueur().rev().find_map(|n| n.contenu.commune.clone()).unwrap_or_default();
        let mut jours: BTreeMap<Nature, Vec<Date>> = BTreeMap::new();
        for point in points {
            if let Arrive::Notice(notice) = point.quoi {
                jours.entry(notice.nature).or_default().push(point.jour);
            }
        }
        Self {
            cours: Cours::default(),
            territoire: Territoire::de_commune(&commune),
            commune,
            bailleur: BailleurType::Inconnu,
            premiere_information_le: None,
            impaye_signale_le: None,
            concours_demande_le: None,
            accord_prend_effet_le: None,
            pcs_denonce_le: None,
            dette_effacee_le: None,
            commandements: dossier.commandements(),
            jours,
        }
    }

    fn retient(&mut self, point: &Point<'a>) {
        match point.quoi {
            Arrive::Notice(notice) => {
                if notice.contenu.bailleur_type != BailleurType::Inconnu {
                    self.bailleur = notice.contenu.bailleur_type;
                }
                if notice.nature == Nature::SignalementImpaye {
                    self.premiere_information_le.get_or_insert(point.jour);
                    self.impaye_signale_le = Some(point.jour);
                }
                let sans_effet = sans_voie_electronique(&notice.contenu, point.jour);
                if notice.nature == Nature::RequisitionCfp && !sans_effet {
                    self.concours_demande_le = Some(point.jour);
                }
            }
            #[expect(
                clippy::wildcard_enum_match_arm,
                reason = "les autres actes n'apprennent rien d'autre que le cours"
            )]
            Arrive::Acte(acte) => match &acte.consigne.quoi {
                Quoi::PcsDenonce {} => self.pcs_denonce_le = Some(point.jour),
                Quoi::DecisionCfp { issue, date_effet, .. } => {
                    self.accord_prend_effet_le =
                        date_effet.filter(|_| *issue == IssueDeCfp::Accord);
                }
                Quoi::Surendettement(demarche) if demarche.etape == Avancee::Effacement => {
                    self.dette_effacee_le = Some(point.jour);
                }
                _ => {}
            },
        }
        self.cours.avance(point);
        self.cours.accompagne(point);
    }

    fn de_la_notice(&self, notice: &Suivie) -> Vec<Anomalie> {
        let contenu = &notice.contenu;
        // Une notice sans date ne se juge pas : celle de sa réception n'est pas la sienne.
        let Some(jour) = contenu.date else { return Vec::new() };
        let mut trouvees = anomalies(notice.nature, contenu, &self.commandements);
        match notice.nature {
            Nature::Cdp => trouvees.extend(justice::canal_du_commandement(contenu, jour)),
            Nature::Assignation => trouvees.extend(justice::assignation(self, contenu, jour)),
            Nature::Decision => trouvees.extend(justice::decision(self, contenu, jour)),
            Nature::Cql => trouvees.extend(execution::quitter_les_lieux(self, contenu, jour)),
            Nature::RequisitionCfp => trouvees.extend(execution::demande(self, contenu, jour)),
            Nature::SignalementImpaye => {
                trouvees.extend(accompagnement::pas_encore_constitue(contenu, jour));
            }
            Nature::SaisineBailleur | Nature::Alerte => {}
        }
        trouvees
    }

    fn de_l_acte(
        &self,
        quoi: &Quoi,
        jour: Date,
        cours: &Cours<'_>,
        profil: &Profil,
    ) -> Vec<Anomalie> {
        let mut trouvees = justice::acte(self, quoi, jour);
        trouvees.extend(execution::acte(self, quoi, jour));
        trouvees.extend(accompagnement::acte(self, quoi, jour));
        trouvees.extend(accompagnement::issue(quoi, jour, cours, profil));
        trouvees
    }

    /// Le premier acte de cette nature est daté après ce jour : l'ordre est impossible.
    fn seulement_apres(&self, nature: Nature, jour: Date) -> Option<Date> {
        self.jours.get(&nature)?.iter().copied().min().filter(|premier| jour < *premier)
    }

    /// « dimanche », ou le nom de la fête, quand le jour est interdit.
    fn jour_interdit(&self, jour: Date) -> Option<&'static str> {
        let dimanche = (jour.weekday() == Weekday::Sunday).then_some("dimanche");
        self.territoire.ferie(jour).or(dimanche)
    }
}

const ORDRE: &str = "ordre_des_actes";

/// Une suite d'actes que rien n'explique : sans doute une date à corriger.
fn ordre(constat: impl Into<String>) -> Anomalie {
    Anomalie {
        regle: ORDRE,
        motif: constat.into(),
        consequence: "les deux faits sont gardés ; vérifiez leurs dates, et rectifiez celui qui est faux",
    }
}

/// Ce qui devait suivre un fait et n'a pas suivi à temps : le temps seul le fait apparaître.
fn restes_sans_suite(
    points: &[Point<'_>],
    commune: &str,
    horloge: &Horloge,
) -> Vec<(String, Anomalie)> {
    let mut restes = Vec::new();
    for (place, point) in points.iter().enumerate() {
        let suivants = &points[place + 1..];
        let trouve = match point.quoi {
            Arrive::Notice(notice) if notice.nature == Nature::Decision => {
                justice::jamais_signifie(&notice.contenu, point.jour, suivants, commune, horloge)
                    .map(|a| (notice.fait.clone(), a))
            }
            Arrive::Acte(acte) if matches!(acte.consigne.quoi, Quoi::PcsRespecte {}) => {
                let signe = suivants.iter().any(|p| {
                    matches!(p.quoi, Arrive::Acte(a) if matches!(a.consigne.quoi, Quoi::NouveauBail { .. }))
                });
                echeance("pcs_nouveau_bail", point.jour, commune)
                    .filter(|limite| !signe && horloge.passe(limite.jour))
                    .and_then(|limite| {
                        accompagnement::nouveau_bail_en_retard(point.jour, limite.jour, None)
                    })
                    .map(|a| (acte.id.clone(), a))
            }
            Arrive::Notice(_) | Arrive::Acte(_) => None,
        };
        restes.extend(trouve);
    }
    restes
}

/// Le jour où la voie électronique devient la seule.
pub(super) fn depuis_2018(jour: Date) -> Option<()> {
    (jour >= date(2018, 1, 1)).then_some(())
}

/// Les voies qui ne sont pas électroniques. Une voie inconnue n'est pas une irrégularité.
pub(super) fn voie_sans_effet(contenu: &Contenu) -> Option<&'static str> {
    if contenu.mot("reference_exploc").is_some() {
        return None;
    }
    match contenu.mot("canal")? {
        "courrier" => Some("par courrier"),
        "courriel" => Some("par courriel"),
        "main" => Some("en main propre"),
        _ => None,
    }
}
