//! Ce qui finit d'être gardé, et quand.

use ccapex::conservation::{Geste, Preavis, Sujet, echeance, jour_du_prochain};
use ccapex::identifiants::{AgentId, DossierId};
use ccapex::profil::Profil;
use droit::source::Certitude;
use jiff::ToSpan;
use jiff::civil::Date;
use stockage::conservation::{Garde, Trace};

use crate::echec::Echec;
use crate::maison::Maison;

/// Ce qui finit d'être gardé.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// Un dossier clos, une notice seule, ou une pièce.
    pub sujet: Sujet,
    /// Son numéro.
    pub numero: i64,
    /// Ce qui le désigne, sans nommer personne.
    pub nom: String,
    /// Le jour où la durée a commencé : la clôture, ou la réception.
    pub depuis: Date,
    /// Le jour où la conservation finit.
    pub echeance: Date,
    /// D'où vient cette échéance.
    pub motif: String,
    /// Aucun texte lu ne fixe cette durée.
    pub a_verifier: bool,
    /// Les avis déjà donnés.
    pub avis: Preavis,
    /// Le prochain geste, et le premier jour où il peut se faire.
    pub prochain: (Geste, Date),
}

/// Ce qu'on relit à la fois.
const PAGE: i64 = 1_000;

/// Ce dont un geste peut se faire ce jour-là ou avant, dans l'ordre des sujets puis des numéros.
///
/// # Erreurs
///
/// [`Echec::Base`] si la base ne répond pas.
pub async fn dues(maison: &Maison, profil: &Profil, jour: Date) -> Result<Vec<Due>, Echec> {
    let mut dues = Vec::new();
    for sujet in Sujet::TOUS {
        let mut apres = 0;
        loop {
            // Une demande peut avancer une échéance : tout ce qui est clos se regarde.
            let gardes = maison.stockage.gardes(sujet, &profil.code, jour, apres, PAGE).await?;
            let Some(dernier) = gardes.last() else { break };
            apres = dernier.numero;
            let numeros: Vec<i64> = gardes.iter().map(|g| g.numero).collect();
            let mut traces = maison.stockage.traces_de_conservation(sujet, &numeros).await?;
            dues.extend(gardes.into_iter().filter_map(|garde| {
                let traces = traces.remove(&garde.numero).unwrap_or_default();
                Some(due(sujet, garde, &traces, profil)).filter(|due| due.prochain.1 <= jour)
            }));
        }
    }
    Ok(dues)
}

/// Ce qui se fera dans les jours qui viennent, pour qu'une personne le voie venir.
///
/// # Erreurs
///
/// Comme [`dues`].
pub async fn a_venir(
    maison: &Maison,
    profil: &Profil,
    jour: Date,
    jours: i64,
) -> Result<Vec<Due>, Echec> {
    let mut dues = dues(maison, profil, jour.saturating_add(jours.days())).await?;
    dues.sort_by_key(|due| (due.prochain.1, due.sujet, due.numero));
    Ok(dues)
}

/// Un dossier clos, regardé seul.
pub(super) async fn du_dossier(
    maison: &Maison,
    profil: &Profil,
    dossier: DossierId,
) -> Result<Option<Due>, Echec> {
    let jamais = Date::MAX;
    let gardes =
        maison.stockage.gardes(Sujet::Dossier, &profil.code, jamais, dossier.0 - 1, 1).await?;
    let Some(garde) = gardes.into_iter().find(|garde| garde.numero == dossier.0) else {
        return Ok(None);
    };
    let mut traces = maison.stockage.traces_de_conservation(Sujet::Dossier, &[dossier.0]).await?;
    Ok(Some(due(Sujet::Dossier, garde, &traces.remove(&dossier.0).unwrap_or_default(), profil)))
}

/// Ce qui est dû d'un sujet. Un dossier rouvert puis clos recommence : seules comptent les traces de
/// cette clôture, et les avis d'après le dernier report.
fn due(sujet: Sujet, garde: Garde, traces: &[Trace], profil: &Profil) -> Due {
    let duree = sujet.duree(&garde.issue, &profil.conservation);
    let mut fin = echeance(garde.depuis, duree.valeur);
    let mut motif = format!("{} après {}", en_mots(duree.valeur), commence(sujet));
    let mut avis = Preavis::default();
    for trace in traces.iter().filter(|trace| trace.depuis == garde.depuis) {
        match trace.geste.as_str() {
            "premier_avis" => avis.premier = Some(trace.jour),
            "second_avis" => avis.second = Some(trace.jour),
            "prolonger" => {
                (fin, avis) = (trace.echeance, Preavis::default());
                motif = format!("repoussée : {}", trace.motif);
            }
            "demander" => {
                fin = trace.echeance;
                // La demande est le premier avis : elle est datée, motivée, et se voit.
                avis = Preavis { premier: Some(trace.jour), second: None };
                motif = format!("demande d'effacement : {}", trace.motif);
            }
            _ => {}
        }
    }
    let prochain = prochain(fin, avis, traces, profil);
    Due {
        sujet,
        numero: garde.numero,
        nom: garde.nom,
        depuis: garde.depuis,
        echeance: fin,
        motif,
        a_verifier: matches!(duree.source.certitude, Certitude::AVerifier | Certitude::Incertain),
        avis,
        prochain,
    }
}

/// Sur demande, le second avis n'attend pas que le temps des deux avis soit passé : il attend son jour.
fn prochain(fin: Date, avis: Preavis, traces: &[Trace], profil: &Profil) -> (Geste, Date) {
    let demandee = traces.last().is_some_and(|trace| trace.geste == "demander");
    if demandee && avis.second.is_none() {
        let (_, second) = profil.conservation.jours_d_avis();
        let demande = avis.premier.unwrap_or(fin);
        return (Geste::SecondAvis, fin.saturating_sub(second.days()).max(demande));
    }
    jour_du_prochain(fin, avis, &profil.conservation)
}

fn commence(sujet: Sujet) -> &'static str {
    match sujet {
        Sujet::Dossier => "la clôture",
        Sujet::Notice | Sujet::Piece => "la réception",
    }
}

fn en_mots(delai: droit::delai::Delai) -> String {
    delai.to_string()
}

impl Due {
    /// La trace d'un geste fait ce jour-là.
    pub(super) fn trace(
        &self,
        geste: &str,
        echeance: Date,
        motif: &str,
        par: (&str, AgentId, Date, jiff::Timestamp),
    ) -> Trace {
        let (profil, agent, jour, quand) = par;
        Trace {
            profil: profil.to_owned(),
            sujet: self.sujet.code(),
            numero: self.numero,
            depuis: self.depuis,
            geste: geste.to_owned(),
            jour,
            echeance,
            motif: motif.to_owned(),
            agent,
            quand,
        }
    }
}
